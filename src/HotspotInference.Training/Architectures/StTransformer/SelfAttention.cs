using HotspotInference.Onnx;
using static TorchSharp.torch;

namespace HotspotInference.Training.Architectures.StTransformer;

/// <summary>
/// Each token of a sequence takes from all of them what resembles it: <c>softmax(q k' / sqrt(d)) v</c> in each of several heads of d
/// elements (Vaswani et al. 2017, section 3.2). <c>[sequence, token, width]</c> in and out.
/// </summary>
sealed class SelfAttention : nn.Module<Tensor, Tensor>
{
    readonly int _length, _heads, _headWidth;
    // q, k and v of all heads, in this order.
    readonly Dense _all;
    readonly Dense _out;

    /// <param name="length">Tokens of a sequence.</param>
    /// <param name="width">Elements of a token.</param>
    /// <param name="heads">Heads, which divide the width.</param>
    public SelfAttention(int length, int width, int heads)
        : base(nameof(SelfAttention))
    {
        (_length, _heads, _headWidth) = (length, heads, width / heads);
        _all = new Dense(width, 3 * width);
        _out = new Dense(width, width);
        RegisterComponents();
    }

    double Scale => 1 / Math.Sqrt(_headWidth);

    public override Tensor forward(Tensor input)
    {
        Tensor[] parts = _all.call(input).view(-1, _length, 3, _heads, _headWidth).permute(2, 0, 3, 1, 4).unbind(0);
        Tensor weights = (parts[0] * Scale).matmul(parts[1].transpose(2, 3)).softmax(3);
        return _out.call(weights.matmul(parts[2]).transpose(1, 2).reshape(-1, _length, _heads * _headWidth));
    }

    public OnnxValue Export(OnnxGraphBuilder graph, OnnxValue input, string name)
    {
        OnnxValue all = graph.Reshape(_all.Export(graph, input, $"{name}_all"), graph.Integers(-1, _length, 3, _heads, _headWidth));
        // Keys as [sequence, head, element, token], ready for the product.
        OnnxValue q = graph.Transpose(graph.Gather(all, 0, 2), 0, 2, 1, 3), k = graph.Transpose(graph.Gather(all, 1, 2), 0, 2, 3, 1),
            v = graph.Transpose(graph.Gather(all, 2, 2), 0, 2, 1, 3);
        OnnxValue weights = graph.Softmax(graph.MatMul(graph.Mul(q, graph.Scalar((float)Scale)), k));
        OnnxValue taken = graph.Transpose(graph.MatMul(weights, v), 0, 2, 1, 3);
        return _out.Export(graph, graph.Reshape(taken, graph.Integers(-1, _length, _heads * _headWidth)), $"{name}_out");
    }
}
