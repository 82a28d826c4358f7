using HotspotInference.Onnx;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace HotspotInference.Training.Architectures.HstLstm;

/// <summary>
/// The spatial-temporal LSTM of Kong and Wu (2018): the three gates, but not the candidate, also see the interval of time q and of space
/// s since the step before, F_k(s, q) = W_sk s + W_qk q for k = i, f, o.
/// </summary>
/// <remarks>
/// i, f, o = sigmoid(W_l l + W_h h + F(s, q) + b); g = tanh(W_l l + W_h h + b); c' = f c + i g; h' = o tanh(c'). Columns of weights stand
/// in the order i, f, o, g. Without intervals it is the plain LSTM.
/// </remarks>
sealed class StLstmCell : nn.Module
{
    readonly Parameter _input_weight;
    readonly Parameter _state_weight;
    readonly Parameter _bias;
    readonly Parameter? _time_weight;
    readonly Parameter? _distance_weight;
    readonly int _hidden;

    /// <param name="name">The module's name.</param>
    /// <param name="inputs">Numbers of an input.</param>
    /// <param name="factors">Numbers of the vectors q and s; 0 for none.</param>
    /// <param name="hidden">Numbers of the state.</param>
    public StLstmCell(string name, int inputs, int factors, int hidden)
        : base(name)
    {
        _hidden = hidden;
        _input_weight = Uniform(inputs, 4 * hidden);
        _state_weight = Uniform(hidden, 4 * hidden);
        _bias = new Parameter(zeros([4 * hidden]));
        if (factors > 0)
        {
            _time_weight = Uniform(factors, 3 * hidden);
            _distance_weight = Uniform(factors, 3 * hidden);
        }
        RegisterComponents();

        Parameter Uniform(long rows, long columns)
        {
            var parameter = new Parameter(empty([rows, columns]));
            double bound = 1 / Math.Sqrt(hidden);
            nn.init.uniform_(parameter, -bound, bound);
            return parameter;
        }
    }

    /// <summary>The state after the last of some steps.</summary>
    /// <param name="inputs"><c>[batch, step, input]</c>.</param>
    /// <param name="time">q, <c>[batch, step, factor]</c>; null without intervals.</param>
    /// <param name="distance">s, likewise.</param>
    /// <param name="state">The state before the first, <c>[batch, hidden]</c>; null for zeros. The memory c starts at zero.</param>
    /// <returns>h, <c>[batch, hidden]</c>.</returns>
    public Tensor Run(Tensor inputs, Tensor? time, Tensor? distance, Tensor? state)
    {
        using var scope = NewDisposeScope();
        // What does not depend on the state, of all steps at once.
        Tensor all = inputs.matmul(_input_weight) + _bias;
        if (_time_weight is not null)
        {
            Tensor factored = all.narrow(-1, 0, 3 * _hidden) + time!.matmul(_time_weight) + distance!.matmul(_distance_weight!);
            all = cat([factored, all.narrow(-1, 3 * _hidden, _hidden)], -1);
        }
        Tensor? memory = null;
        foreach (Tensor step in all.unbind(1))
        {
            Tensor sums = state is null ? step : step + state.matmul(_state_weight);
            Tensor[] gates = sums.narrow(-1, 0, 3 * _hidden).sigmoid().chunk(3, -1);
            Tensor added = gates[0] * sums.narrow(-1, 3 * _hidden, _hidden).tanh();
            memory = memory is null ? added : gates[1] * memory + added;
            state = gates[2] * memory.tanh();
        }
        return state!.MoveToOuterDisposeScope();
    }

    /// <summary><see cref="Run"/> in ONNX, its time unrolled.</summary>
    /// <param name="graph">Gets the nodes.</param>
    /// <param name="inputs"><c>[batch, step, input]</c>.</param>
    /// <param name="steps">How many steps.</param>
    /// <param name="time">q, <c>[batch, step, factor]</c>; null without intervals.</param>
    /// <param name="distance">s, likewise.</param>
    /// <param name="state">The state before the first; null for zeros.</param>
    /// <param name="name">Names the constants.</param>
    public OnnxValue Export(OnnxGraphBuilder graph, OnnxValue inputs, int steps, OnnxValue? time, OnnxValue? distance, OnnxValue? state,
        string name)
    {
        OnnxValue Weights(string part, Tensor values) => graph.Weights($"{name}_{part}", values);
        OnnxValue all = graph.Add(graph.MatMul(inputs, Weights("input_weight", _input_weight)), Weights("bias", _bias));
        if (_time_weight is not null)
        {
            IReadOnlyList<OnnxValue> parts = graph.Split(all, 2, 3 * _hidden, _hidden);
            OnnxValue factored = graph.Add(graph.MatMul(time!, Weights("time_weight", _time_weight)),
                graph.MatMul(distance!, Weights("distance_weight", _distance_weight!)));
            all = graph.Concat(2, graph.Add(parts[0], factored), parts[1]);
        }
        OnnxValue stateWeight = Weights("state_weight", _state_weight);
        OnnxValue? memory = null;
        for (int t = 0; t < steps; t++)
        {
            OnnxValue step = graph.Gather(all, t, 1), sums = state is null ? step : graph.Add(step, graph.MatMul(state, stateWeight));
            IReadOnlyList<OnnxValue> parts = graph.Split(sums, 1, 3 * _hidden, _hidden);
            IReadOnlyList<OnnxValue> gates = graph.Split(graph.Sigmoid(parts[0]), 1, _hidden, _hidden, _hidden);
            OnnxValue added = graph.Mul(gates[0], graph.Tanh(parts[1]));
            memory = memory is null ? added : graph.Add(graph.Mul(gates[1], memory), added);
            state = graph.Mul(gates[2], graph.Tanh(memory));
        }
        return state!;
    }
}
