using HotspotInference.Training.Architectures.EncoderDecoder;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace HotspotInference.Training.Architectures.Gan;

/// <summary>
/// Tells maps that happened from maps that were forecast, given the window before: convolutions with stride 2 and leaky relu, then one
/// that gives a logit of "it happened" for each patch of the grid (Isola et al. 2017, section 3.2.2). It is trained, and no model holds it.
/// </summary>
sealed class Discriminator : nn.Module<Tensor, Tensor, Tensor>
{
    const int KernelSize = 3;
    const double NegativeSlope = 0.2;

    readonly ModuleList<ConvolutionLayer> _layers;

    /// <param name="shape">The sizes of the window and of what is forecast.</param>
    /// <param name="widths">Channels of each convolution with stride 2.</param>
    public Discriminator(NetworkShape shape, int[] widths)
        : base(nameof(Discriminator))
    {
        int seen = shape.Steps * shape.Channels + shape.Classes;
        _layers = nn.ModuleList(widths.Select((width, i) => Layer(i == 0 ? seen : widths[i - 1], width, stride: 2))
            .Append(Layer(widths[^1], 1, stride: 1)).ToArray());
        RegisterComponents();

        ConvolutionLayer Layer(int channels, int outputs, int stride) =>
            new(channels, outputs, KernelSize, BorderPadding.Zero, shape, stride);
    }

    /// <param name="input1">Windows, <c>[batch, time, channel, row, column]</c>.</param>
    /// <param name="input2">Maps, <c>[batch, class, row, column]</c>, in 0..1.</param>
    /// <returns>Logits, <c>[batch, 1, patch row, patch column]</c>.</returns>
    public override Tensor forward(Tensor input1, Tensor input2) => Score(input1, input2, isFrozen: false);

    /// <summary>How far forecasts fail to pass for what happened: the generator's loss. No gradient gets to the discriminator.</summary>
    public Tensor Unmasking(Tensor windows, Tensor forecast)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor score = Score(windows, forecast, isFrozen: true);
        return nn.functional.binary_cross_entropy_with_logits(score, ones_like(score)).MoveToOuterDisposeScope();
    }

    /// <summary>How badly it tells the two apart: its own loss. No gradient gets to the forecasts.</summary>
    public Tensor Confusion(Tensor windows, Tensor happened, Tensor forecast)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor[] scores = call(cat([windows, windows]), cat([happened, forecast.detach()])).chunk(2);
        Tensor asHappened = nn.functional.binary_cross_entropy_with_logits(scores[0], ones_like(scores[0]));
        Tensor asForecast = nn.functional.binary_cross_entropy_with_logits(scores[1], zeros_like(scores[1]));
        return ((asHappened + asForecast) * 0.5).MoveToOuterDisposeScope();
    }

    Tensor Score(Tensor windows, Tensor maps, bool isFrozen)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = cat([windows.flatten(1, 2), maps], 1);
        for (int i = 0; i < _layers.Count - 1; i++)
            x = nn.functional.leaky_relu(_layers[i].Apply(x, isFrozen), NegativeSlope);
        return _layers[_layers.Count - 1].Apply(x, isFrozen).MoveToOuterDisposeScope();
    }
}
