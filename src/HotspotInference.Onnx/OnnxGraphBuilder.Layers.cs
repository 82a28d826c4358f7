namespace HotspotInference.Onnx;

// Operators of deeper networks: residual units, resampling of maps, attention.
public sealed partial class OnnxGraphBuilder
{
    /// <summary>Element-wise larger of a value and 0.</summary>
    public OnnxValue Relu(OnnxValue x) => Node("Relu", [x]);

    /// <summary>Sum along axes, which are gone then.</summary>
    /// <param name="x">The value.</param>
    /// <param name="axes">The axes.</param>
    public OnnxValue ReduceSum(OnnxValue x, params ReadOnlySpan<long> axes) =>
        Node("ReduceSum", [x, Integers(axes)], OnnxAttribute.Of("keepdims", 0));

    /// <summary>
    /// <c>[batch, channel, row, column]</c> with <paramref name="factor"/> times as many rows and columns, bilinear between the middles of
    /// the cells; beyond the outermost middles their value.
    /// </summary>
    public OnnxValue Upsample(OnnxValue x, int factor)
    {
        string name = $"upsample_{factor}";
        if (!_shared.TryGetValue(name, out OnnxValue? scales))
            _shared[name] = scales = Constant(name, [1f, 1, factor, factor], 4);
        // The region of interest is for another mode.
        if (!_shared.TryGetValue("no_region", out OnnxValue? none))
            _shared["no_region"] = none = Constant("no_region", ReadOnlySpan<float>.Empty, 0);
        return Node("Resize", [x, none, scales], OnnxAttribute.Of("mode", "linear"),
            OnnxAttribute.Of("coordinate_transformation_mode", "half_pixel"));
    }

    /// <summary>
    /// The mean of every <paramref name="size"/> x <paramref name="size"/> cells of <c>[batch, channel, row, column]</c>.
    /// </summary>
    public OnnxValue AveragePool(OnnxValue x, int size) =>
        Node("AveragePool", [x], OnnxAttribute.Of("kernel_shape", size, size), OnnxAttribute.Of("strides", size, size));

    /// <summary>The same elements with the axes in another order.</summary>
    /// <param name="x">The value.</param>
    /// <param name="order">For each axis of the result the axis of <paramref name="x"/>.</param>
    public OnnxValue Transpose(OnnxValue x, params ReadOnlySpan<long> order) => Node("Transpose", [x], OnnxAttribute.Of("perm", order));

    /// <summary>Along the last axis <c>e^x</c> over its sum.</summary>
    public OnnxValue Softmax(OnnxValue x) => Node("Softmax", [x], OnnxAttribute.Of("axis", -1));

    /// <summary>
    /// Along the last axis: less the mean, over the standard deviation, times <paramref name="scale"/>, plus
    /// <paramref name="shift"/>.
    /// </summary>
    /// <param name="x">The value.</param>
    /// <param name="scale">One number an element of the axis.</param>
    /// <param name="shift">One number an element of the axis.</param>
    /// <param name="epsilon">Added to the variance.</param>
    public OnnxValue LayerNormalization(OnnxValue x, OnnxValue scale, OnnxValue shift, double epsilon = 1e-5) =>
        Node("LayerNormalization", [x, scale, shift], OnnxAttribute.Of("axis", -1), OnnxAttribute.Of("epsilon", (float)epsilon));

    /// <summary>Element-wise x times the probability that a standard normal number is below x (Hendrycks and Gimpel 2016).</summary>
    public OnnxValue Gelu(OnnxValue x)
    {
        OnnxValue erf = Node("Erf", [Mul(x, Scalar((float)Math.Sqrt(0.5)))]);
        return Mul(Mul(x, Scalar(0.5f)), Add(erf, Scalar(1)));
    }
}
