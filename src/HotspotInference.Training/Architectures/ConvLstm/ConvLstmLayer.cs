using HotspotInference.Onnx;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace HotspotInference.Training.Architectures.ConvLstm;

/// <summary>
/// One ConvLSTM layer: frames <c>[time, batch, channel, row, column]</c> in, its hidden states
/// <c>[batch, channel, row, column]</c>, one a frame, out. Shi et al. 2015, equation 3; with W for kernels, * for convolution
/// and P for peephole weights, products of equal letters element by element:
/// <code>
/// i = sigmoid(Wxi * x + Whi * h + Pi c + bi)      f = sigmoid(Wxf * x + Whf * h + Pf c + bf)
/// c' = f c + i tanh(Wxc * x + Whc * h + bc)       o = sigmoid(Wxo * x + Who * h + Po c' + bo)      h' = o tanh(c')
/// </code>
/// State begins as zero, so the first frame has no terms of h and c.
/// </summary>
sealed class ConvLstmLayer : nn.Module<Tensor, Tensor[]>
{
    readonly int _channels, _hidden, _kernelSize;
    readonly CellConvolution _convolution;
    // Output channels in the order i, f, o, c.
    readonly Parameter _input_kernel;
    readonly Parameter _state_kernel;
    readonly Parameter _bias;
    // [3, hidden, row, column] or [3, hidden, 1, 1], in the order i, f, o; null for none.
    readonly Parameter? _peephole;

    public ConvLstmLayer(int channels, int hidden, int kernelSize, Peephole peephole, CellConvolution convolution, NetworkShape shape)
        : base(nameof(ConvLstmLayer))
    {
        _channels = channels;
        _hidden = hidden;
        _kernelSize = kernelSize;
        _convolution = convolution;
        _input_kernel = new Parameter(empty([4 * hidden, channels, kernelSize, kernelSize]));
        _state_kernel = new Parameter(empty([4 * hidden, hidden, kernelSize, kernelSize]));
        nn.init.xavier_uniform_(_input_kernel);
        nn.init.xavier_uniform_(_state_kernel);
        // A forget gate that begins open lets gradients reach the first frames (Jozefowicz et al. 2015).
        using (Tensor closed = zeros([hidden]), open = ones([hidden]))
            _bias = new Parameter(cat([closed, open, closed, closed]));
        _peephole = peephole switch
        {
            Peephole.None => null,
            Peephole.Channel => new Parameter(zeros([3, hidden, 1, 1])),
            _ => new Parameter(zeros([3, hidden, shape.Rows, shape.Columns])),
        };
        RegisterComponents();
    }

    public int Hidden => _hidden;

    public override Tensor[] forward(Tensor input)
    {
        (Tensor[] hidden, Tensor cell) = Run(input, null);
        cell.Dispose();
        return hidden;
    }

    /// <summary>Goes on from a state.</summary>
    /// <param name="input">The frames.</param>
    /// <param name="from">
    /// The hidden and the cell state before them, <c>[batch, channel, row, column]</c>; null where both are zero.
    /// </param>
    /// <returns>The hidden states, one a frame, and the last cell state.</returns>
    public (Tensor[] Hidden, Tensor Cell) Run(Tensor input, (Tensor Hidden, Tensor Cell)? from)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor? scale = _convolution.Scale(input);
        // Unbound, not indexed: the gradient of an index is a full tensor of zeros at every step.
        Tensor[] frames = input.unbind(0);
        Tensor[]? peephole = _peephole?.unbind(0);
        var states = new Tensor[frames.Length];
        Tensor? h = from?.Hidden, c = from?.Cell;
        for (int t = 0; t < frames.Length; t++)
        {
            // What the gradient does not need is given back after each step, and one frame is convolved after the other: what all add to
            // the gates together does not fit into the cache.
            using DisposeScope step = NewDisposeScope();
            Tensor gate = _convolution.Apply(frames[t], _input_kernel, _bias, scale);
            if (h is not null)
                gate += _convolution.Apply(h, _state_kernel, null, scale);
            (h, c) = peephole is null ? Step(gate, c) : Step(gate, c, peephole);
            h.MoveToOuterDisposeScope();
            c.MoveToOuterDisposeScope();
            states[t] = h;
        }
        foreach (Tensor state in states)
            state.MoveToOuterDisposeScope();
        return (states, c!.MoveToOuterDisposeScope());
    }

    (Tensor H, Tensor C) Step(Tensor gates, Tensor? c)
    {
        Tensor[] parts = gates.split([3 * _hidden, _hidden], 1);
        Tensor[] ifo = parts[0].sigmoid().chunk(3, 1);
        Tensor news = ifo[0] * parts[1].tanh();
        Tensor next = c is null ? news : ifo[1] * c + news;
        return (ifo[2] * next.tanh(), next);
    }

    static (Tensor H, Tensor C) Step(Tensor gates, Tensor? c, Tensor[] peephole)
    {
        Tensor[] parts = gates.chunk(4, 1);
        Tensor i = c is null ? parts[0] : parts[0] + peephole[0] * c;
        Tensor news = i.sigmoid() * parts[3].tanh();
        Tensor next = c is null ? news : (parts[1] + peephole[1] * c).sigmoid() * c + news;
        Tensor o = (parts[2] + peephole[2] * next).sigmoid();
        return (o * next.tanh(), next);
    }

    /// <summary>Writes the layer, one step after the other.</summary>
    /// <param name="graph">Gets the nodes.</param>
    /// <param name="frames"><c>[batch, channel, row, column]</c> each, in the order of time.</param>
    /// <param name="name">Names the constants.</param>
    /// <returns>The hidden states.</returns>
    public OnnxValue[] Export(OnnxGraphBuilder graph, IReadOnlyList<OnnxValue> frames, string name)
    {
        (Func<OnnxValue, OnnxValue?, OnnxValue> convolve, OnnxValue[]? peephole) = ExportWeights(graph, frames[0], name, fromZero: true);
        return ConvLstmGraph.Unroll(graph, frames, convolve, _hidden, peephole);
    }

    /// <summary>Writes one step from a state.</summary>
    /// <param name="graph">Gets the nodes.</param>
    /// <param name="frame"><c>[batch, channel, row, column]</c>.</param>
    /// <param name="h">The hidden state before.</param>
    /// <param name="c">The cell state before.</param>
    /// <param name="name">Names the constants.</param>
    /// <returns>The states behind it.</returns>
    public (OnnxValue Hidden, OnnxValue Cell) ExportStep(OnnxGraphBuilder graph, OnnxValue frame, OnnxValue h, OnnxValue c, string name)
    {
        (Func<OnnxValue, OnnxValue?, OnnxValue> convolve, OnnxValue[]? peephole) = ExportWeights(graph, frame, name, fromZero: false);
        return ConvLstmGraph.Step(graph, convolve(frame, h), c, _hidden, peephole);
    }

    // How a step's gates are summed, and what the cell state adds to them.
    (Func<OnnxValue, OnnxValue?, OnnxValue> Convolve, OnnxValue[]? Peephole) ExportWeights(OnnxGraphBuilder graph, OnnxValue frame,
        string name, bool fromZero)
    {
        using DisposeScope scope = NewDisposeScope();
        OnnxValue? inputKernel = fromZero ? graph.Weights($"{name}_input_kernel", _input_kernel) : null;
        // Input and state are convolved as one: half as many calls.
        OnnxValue kernel = graph.Weights($"{name}_kernel", cat([_input_kernel, _state_kernel], 1));
        OnnxValue bias = graph.Weights($"{name}_bias", _bias);
        OnnxValue[]? peephole = _peephole is null ? null
            : [.. _peephole.unbind(0).Select((weights, i) => graph.Weights($"{name}_peephole_{"ifo"[i]}", weights))];
        OnnxValue? scale = _convolution.Scale(graph, frame, _channels, name);
        return ((x, h) => h is null
            ? _convolution.Apply(graph, x, inputKernel!, bias, scale)
            : _convolution.Apply(graph, graph.Concat(1, x, h), kernel, bias, scale), peephole);
    }
}
