using HotspotInference.Onnx;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace HotspotInference.Training.Architectures.StTransformer;

/// <summary>An affine map of the last axis.</summary>
sealed class Dense : nn.Module<Tensor, Tensor>
{
    readonly Parameter _weights;
    readonly Parameter _bias;

    /// <param name="inputs">Elements of the last axis.</param>
    /// <param name="outputs">Elements of the last axis of the result.</param>
    /// <param name="isZero">Whether it begins as 0.</param>
    public Dense(int inputs, int outputs, bool isZero = false)
        : base(nameof(Dense))
    {
        _weights = new Parameter(zeros([outputs, inputs]));
        _bias = new Parameter(zeros([outputs]));
        if (!isZero)
            nn.init.xavier_uniform_(_weights);
        RegisterComponents();
    }

    /// <summary><c>[output]</c>.</summary>
    public Parameter Bias => _bias;

    public override Tensor forward(Tensor input) => nn.functional.linear(input, _weights, _bias);

    public OnnxValue Export(OnnxGraphBuilder graph, OnnxValue input, string name)
    {
        using Tensor transposed = _weights.transpose(0, 1), weights = transposed.contiguous();
        return graph.Add(graph.MatMul(input, graph.Weights($"{name}_weights", weights)), graph.Weights($"{name}_bias", _bias));
    }
}
