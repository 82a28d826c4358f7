using HotspotInference.Onnx;
using HotspotInference.Training.Architectures.EncoderDecoder;
using static TorchSharp.torch;

namespace HotspotInference.Training.Architectures.StResNet;

/// <summary><c>x + conv(relu(conv(relu(x))))</c>: Zhang et al. 2017, "residual unit".</summary>
sealed class ResidualUnit : nn.Module<Tensor, Tensor>
{
    readonly ConvolutionLayer _first;
    readonly ConvolutionLayer _second;

    public ResidualUnit(ConvolutionLayer first, ConvolutionLayer second)
        : base(nameof(ResidualUnit))
    {
        _first = first;
        _second = second;
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => input + _second.call(_first.call(input.relu()).relu());

    public OnnxValue Export(OnnxGraphBuilder graph, OnnxValue input, string name) =>
        graph.Add(input, _second.Export(graph, graph.Relu(_first.Export(graph, graph.Relu(input), $"{name}_first")), $"{name}_second"));
}
