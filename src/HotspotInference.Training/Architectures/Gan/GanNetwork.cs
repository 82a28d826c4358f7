using HotspotInference.Onnx;
using HotspotInference.Prediction;
using HotspotInference.Training.Architectures.EncoderDecoder;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace HotspotInference.Training.Architectures.Gan;

/// <summary>
/// A conditional generative adversarial network (Goodfellow et al. 2014; Mirza and Osindero 2014): an encoder-decoder whose coarsest level
/// also hears noise, and in training a discriminator. In training each window gets noise of its own; in use every window gets the same
/// draws, fixed when the network was made, and the mean of their intensities counts (with cross-entropy, of their odds): unlike a mean of
/// risks it follows a shift of the logits exactly.
/// </summary>
sealed class GanNetwork : Network
{
    readonly EncoderDecoderBody _body;
    // [coarsest channel, noise]
    readonly Parameter _noise_weights;
    // [draw, noise]: no weights, but a part of the network all the same.
    readonly Tensor _noise;
    readonly Discriminator? _discriminator;
    readonly double _adversarial;
    readonly ShownMap _shown;

    /// <param name="shape">The sizes of what it is given and of what it gives.</param>
    /// <param name="body">The generator.</param>
    /// <param name="noise">How many random numbers a draw has.</param>
    /// <param name="draws">How many draws there are in use.</param>
    /// <param name="adversarial">How much the discriminator counts in the generator's loss; 0 for none.</param>
    /// <param name="shown">What the discriminator is shown of a forecast.</param>
    /// <param name="discriminator">Channels of the discriminator's convolutions with stride 2.</param>
    public GanNetwork(NetworkShape shape, EncoderDecoderBody body, int noise, int draws, double adversarial, ShownMap shown,
        int[] discriminator)
        : base(nameof(GanNetwork), shape)
    {
        _body = body;
        _noise_weights = new Parameter(empty([body.Widths[^1], noise]));
        nn.init.xavier_uniform_(_noise_weights);
        _noise = randn([draws, noise]);
        _adversarial = adversarial;
        _shown = shown;
        // Last, so that the generator begins alike with and without it.
        _discriminator = adversarial > 0 ? new Discriminator(shape, discriminator) : null;
        RegisterComponents();
    }

    public override GridMode Grid => GridMode.Any;

    int DrawCount => (int)_noise.shape[0];

    public override void ShiftLogits(ReadOnlySpan<double> by) => _body.ShiftLogits(by);

    public override Tensor forward(NetworkInput input)
    {
        using DisposeScope scope = NewDisposeScope();
        if (!training)
            return Mean(Draws(input).unbind(0)).MoveToOuterDisposeScope();
        Tensor[] levels = _body.Encode(input.Maps);
        levels[^1] += Effect(randn([input.Maps.shape[0], _noise.shape[1]]));
        return _body.Decode(levels).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// The objective's loss and, where there is a discriminator, how far the forecast fails to pass for what happened, weighted, and how
    /// badly the discriminator tells them apart. The first two move the generator's weights alone and the last the discriminator's alone:
    /// one step of the sum is one of each.
    /// </summary>
    public override Tensor TrainingLoss(Objective objective, NetworkInput input, Tensor counts)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor logits = call(input), loss = objective.Loss(logits, counts);
        if (_discriminator is not null)
        {
            Tensor risk = objective.Risk(logits), happened = counts.gt(0).to(risk.dtype);
            Tensor shown = _shown == ShownMap.Risk ? risk : ShownMaps.Sample(risk);
            loss = loss + _adversarial * _discriminator.Unmasking(input.Maps, shown)
                + _discriminator.Confusion(input.Maps, happened, shown);
        }
        return loss.MoveToOuterDisposeScope();
    }

    public override Tensor Draws(NetworkInput input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor[] levels = _body.Encode(input.Maps);
        Tensor[] each = Array.ConvertAll(levels, level => level.unsqueeze(1).expand(-1, DrawCount, -1, -1, -1));
        each[^1] = each[^1] + Effect(_noise);
        Tensor logits = _body.Decode(Array.ConvertAll(each, level => level.flatten(0, 1)));
        return logits.view(-1, DrawCount, Shape.Classes, logits.shape[2], logits.shape[3]).transpose(0, 1).MoveToOuterDisposeScope();
    }

    public override OnnxValue Export(OnnxGraphBuilder graph, GraphInputs inputs)
    {
        using DisposeScope scope = NewDisposeScope();
        OnnxValue[] levels = _body.Encode(graph, inputs.Maps);
        OnnxValue[] each = Array.ConvertAll(levels, Repeat);
        each[^1] = graph.Add(each[^1], graph.Weights("noise", Effect(_noise).view(1, -1, 1, 1)));
        // Draws become samples: one pass of the decoder serves all of them.
        OnnxValue logits = _body.Decode(graph,
            [.. each.Select((level, l) => graph.Reshape(level, graph.Integers(-1, _body.Widths[l], 0, 0)))]);
        OnnxValue aside = graph.Reshape(logits, graph.Integers(-1, DrawCount * Shape.Classes, 0, 0));
        var sizes = new long[DrawCount];
        Array.Fill(sizes, Shape.Classes);
        return DrawCount == 1 ? aside : Mean(graph, graph.Split(aside, 1, sizes));

        OnnxValue Repeat(OnnxValue level)
        {
            var copies = new OnnxValue[DrawCount];
            Array.Fill(copies, level);
            return DrawCount == 1 ? level : graph.Concat(1, copies);
        }
    }

    // What noise adds to the coarsest level: [draw, channel, 1, 1].
    Tensor Effect(Tensor noise) => nn.functional.linear(noise, _noise_weights).unsqueeze(2).unsqueeze(3);

    // ln of the mean of exp(logit), with the largest taken out so that nothing overflows.
    static Tensor Mean(Tensor[] draws)
    {
        Tensor largest = draws.Aggregate((a, b) => a.maximum(b));
        return largest + (draws.Select(draw => (draw - largest).exp()).Aggregate((a, b) => a + b) / draws.Length).log();
    }

    static OnnxValue Mean(OnnxGraphBuilder graph, IReadOnlyList<OnnxValue> draws)
    {
        OnnxValue largest = draws.Aggregate(graph.Max);
        OnnxValue sum = draws.Select(draw => graph.Exp(graph.Sub(draw, largest))).Aggregate(graph.Add);
        return graph.Add(largest, graph.Log(graph.Mul(sum, graph.Scalar(1f / draws.Count))));
    }
}
