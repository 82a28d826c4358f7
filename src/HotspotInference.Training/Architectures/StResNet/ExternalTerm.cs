using HotspotInference.Onnx;
using HotspotInference.Training.Architectures.EncoderDecoder;
using static TorchSharp.torch;

namespace HotspotInference.Training.Architectures.StResNet;

/// <summary>
/// What external features, <c>[batch, feature, row, column]</c>, add to each class: two layers that look at one cell each,
/// <c>V relu(U x + u) + v</c>, the second 0 at the start.
/// </summary>
sealed class ExternalTerm : nn.Module<Tensor, Tensor>
{
    readonly ConvolutionLayer _first;
    readonly ConvolutionLayer _second;

    /// <param name="shape">The sizes, at least one external feature among them.</param>
    public ExternalTerm(NetworkShape shape)
        : base(nameof(ExternalTerm))
    {
        _first = new ConvolutionLayer(shape.External, CityTerm.Width, 1, BorderPadding.Zero, shape);
        _second = new ConvolutionLayer(CityTerm.Width, shape.Classes, 1, BorderPadding.Zero, shape);
        _second.Clear();
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => _second.call(_first.call(input).relu());

    public OnnxValue Export(OnnxGraphBuilder graph, OnnxValue input) =>
        _second.Export(graph, graph.Relu(_first.Export(graph, input, "external_first")), "external_second");
}
