using HotspotInference.Onnx;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace HotspotInference.Training.Architectures.Sftt;

/// <summary>
/// One LSTM layer (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000): lists of numbers <c>[batch, feature]</c>,
/// one a step, in; its hidden states, one a step, out. State begins as zero.
/// <code>
/// i, f, o = sigmoid(W x + U h + b)      c' = f c + i tanh(Wc x + Uc h + bc)      h' = o tanh(c')
/// </code>
/// </summary>
sealed class LstmLayer : nn.Module<Tensor[], Tensor[]>
{
    readonly int _features, _hidden;
    // Output in the order i, f, o, c.
    readonly Parameter _input_weight;
    readonly Parameter _state_weight;
    readonly Parameter _bias;

    public LstmLayer(int features, int hidden)
        : base(nameof(LstmLayer))
    {
        _features = features;
        _hidden = hidden;
        _input_weight = new Parameter(empty([4 * hidden, features]));
        _state_weight = new Parameter(empty([4 * hidden, hidden]));
        nn.init.xavier_uniform_(_input_weight);
        nn.init.xavier_uniform_(_state_weight);
        // A forget gate that begins open lets gradients reach the first steps (Jozefowicz et al. 2015).
        using (Tensor closed = zeros([hidden]), open = ones([hidden]))
            _bias = new Parameter(cat([closed, open, closed, closed]));
        RegisterComponents();
    }

    public int Hidden => _hidden;

    public override Tensor[] forward(Tensor[] steps)
    {
        using DisposeScope scope = NewDisposeScope();
        var states = new Tensor[steps.Length];
        Tensor? h = null, c = null;
        for (int t = 0; t < steps.Length; t++)
        {
            Tensor gates = nn.functional.linear(steps[t], _input_weight, _bias);
            if (h is not null)
                gates = gates + nn.functional.linear(h, _state_weight);
            Tensor[] parts = gates.split([3 * _hidden, _hidden], 1), ifo = parts[0].sigmoid().chunk(3, 1);
            Tensor news = ifo[0] * parts[1].tanh();
            c = c is null ? news : ifo[1] * c + news;
            states[t] = h = ifo[2] * c.tanh();
        }
        foreach (Tensor state in states)
            state.MoveToOuterDisposeScope();
        return states;
    }

    /// <summary>Writes the layer as ONNX's operator, whose gates stand in the order i, o, f, c.</summary>
    /// <param name="graph">Gets the nodes.</param>
    /// <param name="steps"><c>[step, batch, feature]</c>.</param>
    /// <param name="name">Names the constants.</param>
    /// <returns>The hidden states, <c>[step, batch, hidden]</c>.</returns>
    public OnnxValue Export(OnnxGraphBuilder graph, OnnxValue steps, string name)
    {
        using DisposeScope scope = NewDisposeScope();
        using var noGrad = no_grad();
        OnnxValue input = graph.Weights($"{name}_input_weight", Reordered(_input_weight, _features)),
            state = graph.Weights($"{name}_state_weight", Reordered(_state_weight, _hidden));
        // A bias for the state too: zeros.
        Tensor bias = Reordered(_bias, 1).view(1, -1);
        OnnxValue biases = graph.Weights($"{name}_bias", cat([bias, zeros_like(bias)], 1));
        OnnxValue states = graph.Node("LSTM", [steps, input, state, biases], OnnxAttribute.Of("hidden_size", (long)_hidden));
        // [step, direction, batch, hidden], one direction.
        return graph.Gather(states, 0, 1);
    }

    Tensor Reordered(Tensor weight, int columns)
    {
        Tensor[] gates = weight.view(4, _hidden, columns).unbind(0);
        return cat([gates[0], gates[2], gates[1], gates[3]]).unsqueeze(0);
    }
}
