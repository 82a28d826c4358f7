namespace HotspotInference.Onnx;

// The operators that networks on heat maps are made of, under the ONNX specification's names.
public sealed partial class OnnxGraphBuilder
{
    /// <summary>A two-dimensional convolution with stride 1.</summary>
    /// <param name="x"><c>[batch, channel, row, column]</c>.</param>
    /// <param name="kernel"><c>[output channel, channel / groups, rows, columns]</c>.</param>
    /// <param name="bias"><c>[output channel]</c>, or null for none.</param>
    /// <param name="padding">Rows and columns of zeros added at each edge.</param>
    /// <param name="groups">How many groups of channels are convolved apart.</param>
    /// <param name="dilation">Cells from one element of the kernel to the next.</param>
    public OnnxValue Conv(OnnxValue x, OnnxValue kernel, OnnxValue? bias = null, int padding = 0, int groups = 1, int dilation = 1) =>
        Node("Conv", bias is null ? [x, kernel] : [x, kernel, bias], OnnxAttribute.Of("pads", padding, padding, padding, padding),
            OnnxAttribute.Of("dilations", dilation, dilation), OnnxAttribute.Of("group", groups));

    /// <summary>A two-dimensional convolution that looks at every so many-th row and column only.</summary>
    /// <param name="x"><c>[batch, channel, row, column]</c>.</param>
    /// <param name="kernel"><c>[output channel, channel, rows, columns]</c>.</param>
    /// <param name="bias"><c>[output channel]</c>, or null for none.</param>
    /// <param name="padding">Rows and columns of zeros added at each edge.</param>
    /// <param name="stride">Cells from one to the next; 1 gives <see cref="Conv"/>.</param>
    public OnnxValue StridedConv(OnnxValue x, OnnxValue kernel, OnnxValue? bias, int padding, int stride) => stride == 1
        ? Conv(x, kernel, bias, padding)
        : Node("Conv", bias is null ? [x, kernel] : [x, kernel, bias], OnnxAttribute.Of("pads", padding, padding, padding, padding),
            OnnxAttribute.Of("strides", stride, stride));

    /// <summary>Matrix product, batched over leading dimensions.</summary>
    public OnnxValue MatMul(OnnxValue a, OnnxValue b) => Node("MatMul", [a, b]);

    /// <summary><c>a b + c</c> of matrices, <paramref name="b"/> transposed on request, <paramref name="c"/> broadcast.</summary>
    public OnnxValue Gemm(OnnxValue a, OnnxValue b, OnnxValue c, bool transposeB = false) =>
        Node("Gemm", [a, b, c], OnnxAttribute.Of("transB", transposeB ? 1 : 0));

    /// <summary>Element-wise sum, with broadcasting.</summary>
    public OnnxValue Add(OnnxValue a, OnnxValue b) => Node("Add", [a, b]);

    /// <summary>Element-wise difference, with broadcasting.</summary>
    public OnnxValue Sub(OnnxValue a, OnnxValue b) => Node("Sub", [a, b]);

    /// <summary>Element-wise product, with broadcasting.</summary>
    public OnnxValue Mul(OnnxValue a, OnnxValue b) => Node("Mul", [a, b]);

    /// <summary>Element-wise quotient, with broadcasting.</summary>
    public OnnxValue Div(OnnxValue a, OnnxValue b) => Node("Div", [a, b]);

    /// <summary>Element-wise <c>e^x</c>.</summary>
    public OnnxValue Exp(OnnxValue x) => Node("Exp", [x]);

    /// <summary>Element-wise hyperbolic tangent.</summary>
    public OnnxValue Tanh(OnnxValue x) => Node("Tanh", [x]);

    /// <summary>Element-wise <c>1 / (1 + e^-x)</c>.</summary>
    public OnnxValue Sigmoid(OnnxValue x) => Node("Sigmoid", [x]);

    /// <summary>Element-wise <c>ln(1 + e^x)</c>.</summary>
    public OnnxValue Softplus(OnnxValue x) => Node("Softplus", [x]);

    /// <summary>Each element moved into the range between two scalars.</summary>
    public OnnxValue Clip(OnnxValue x, OnnxValue minimum, OnnxValue maximum) => Node("Clip", [x, minimum, maximum]);

    /// <summary>The same elements in another shape, an int64 constant; 0 keeps a dimension and -1 takes what is left.</summary>
    public OnnxValue Reshape(OnnxValue x, OnnxValue shape) => Node("Reshape", [x, shape]);

    /// <summary>Adds dimensions of size 1 at the axes of the result that an int64 constant lists.</summary>
    public OnnxValue Unsqueeze(OnnxValue x, OnnxValue axes) => Node("Unsqueeze", [x, axes]);

    /// <summary>Element-wise larger of two values, with broadcasting.</summary>
    public OnnxValue Max(OnnxValue a, OnnxValue b) => Node("Max", [a, b]);

    /// <summary>Element-wise natural logarithm.</summary>
    public OnnxValue Log(OnnxValue x) => Node("Log", [x]);

    /// <summary>The part of a value at one position of an axis, which is gone then.</summary>
    public OnnxValue Gather(OnnxValue x, int index, int axis) => Node("Gather", [x, Index(index)], OnnxAttribute.Of("axis", axis));

    /// <summary>The parts of a value at the positions of an axis that an int64 constant lists, in its order.</summary>
    public OnnxValue Gather(OnnxValue x, OnnxValue indices, int axis) => Node("Gather", [x, indices], OnnxAttribute.Of("axis", axis));

    /// <summary>The mean over all rows and columns of <c>[batch, channel, row, column]</c>, as <c>[batch, channel, 1, 1]</c>.</summary>
    public OnnxValue GlobalAveragePool(OnnxValue x) => Node("GlobalAveragePool", [x]);

    /// <summary>Cuts a value along an axis into parts of the sizes given.</summary>
    public IReadOnlyList<OnnxValue> Split(OnnxValue x, int axis, params ReadOnlySpan<long> sizes) =>
        Node("Split", [x, Integers(sizes)], sizes.Length, OnnxAttribute.Of("axis", axis));

    /// <summary>Adds cells at the edges.</summary>
    /// <param name="x">The value.</param>
    /// <param name="mode"><c>reflect</c> (mirrored at the outermost cell), <c>edge</c> (that cell again) or <c>constant</c> (zero).</param>
    /// <param name="pads">How many at the start of each axis, then how many at the end of each.</param>
    public OnnxValue Pad(OnnxValue x, string mode, params ReadOnlySpan<long> pads) =>
        Node("Pad", [x, Integers(pads)], OnnxAttribute.Of("mode", mode));

    /// <summary>
    /// The probability of at least one incident where their number is Poisson distributed: <c>1 - e^-x</c>, in 0..1. Without the loss of
    /// digits that this formula has for a small x: with t = tanh(x / 2) it is 2t / (1 + t).
    /// </summary>
    /// <param name="intensity">The expected number, at least 0.</param>
    public OnnxValue PoissonRisk(OnnxValue intensity)
    {
        OnnxValue one = Scalar(1), t = Tanh(Mul(intensity, Scalar(0.5f)));
        // ONNX Runtime's tanh can exceed 1 in the last digit.
        return Clip(Div(Add(t, t), Add(t, one)), Scalar(0), one);
    }

    /// <summary>Joins values along an axis.</summary>
    public OnnxValue Concat(int axis, params ReadOnlySpan<OnnxValue> values) => Node("Concat", values, OnnxAttribute.Of("axis", axis));

    /// <summary>
    /// A part of a value: from <paramref name="starts"/> up to, not including, <paramref name="ends"/> along axes, int64 constants.
    /// </summary>
    public OnnxValue Slice(OnnxValue x, OnnxValue starts, OnnxValue ends, OnnxValue axes) => Node("Slice", [x, starts, ends, axes]);
}
