using HotspotInference.Onnx;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace HotspotInference.Training.Architectures.StTransformer;

/// <summary>Layer normalisation of the last axis (Ba et al. 2016).</summary>
sealed class TokenNorm : nn.Module<Tensor, Tensor>
{
    readonly long _width;
    readonly Parameter _scale;
    readonly Parameter _shift;

    public TokenNorm(int width)
        : base(nameof(TokenNorm))
    {
        _width = width;
        _scale = new Parameter(ones([width]));
        _shift = new Parameter(zeros([width]));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => nn.functional.layer_norm(input, [_width], _scale, _shift);

    public OnnxValue Export(OnnxGraphBuilder graph, OnnxValue input, string name) =>
        graph.LayerNormalization(input, graph.Weights($"{name}_scale", _scale), graph.Weights($"{name}_shift", _shift));
}
