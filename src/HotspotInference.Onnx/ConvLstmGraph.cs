namespace HotspotInference.Onnx;

/// <summary>
/// A ConvLSTM layer as ONNX, one step after the other (Shi et al. 2015, equation 3). State begins as zero, so the first step has no terms
/// of it: no node has to make zeros of the batch's size. Stateless.
/// </summary>
public static class ConvLstmGraph
{
    /// <summary>Writes a layer.</summary>
    /// <param name="graph">Gets the nodes.</param>
    /// <param name="frames"><c>[batch, channel, row, column]</c> each, in the order of time.</param>
    /// <param name="convolve">
    /// Writes the sums of the gates of a step, <c>[batch, 4 hidden, row, column]</c> in the order i, f, o, c, from its frame and the hidden
    /// state before, null in the first step.
    /// </param>
    /// <param name="hidden">Channels of the state.</param>
    /// <param name="peephole">
    /// Weights from cell state to the gates i, f, o, <c>[hidden, row, column]</c> or <c>[hidden, 1, 1]</c> each; null for none.
    /// </param>
    /// <returns>The hidden states, <c>[batch, hidden, row, column]</c>, one a frame.</returns>
    public static OnnxValue[] Unroll(OnnxGraphBuilder graph, IReadOnlyList<OnnxValue> frames,
        Func<OnnxValue, OnnxValue?, OnnxValue> convolve, int hidden, IReadOnlyList<OnnxValue>? peephole = null)
    {
        var states = new OnnxValue[frames.Count];
        OnnxValue? h = null, c = null;
        for (int t = 0; t < states.Length; t++)
        {
            (h, c) = Step(graph, convolve(frames[t], h), c, hidden, peephole);
            states[t] = h;
        }
        return states;
    }

    /// <summary>Writes one step.</summary>
    /// <param name="graph">Gets the nodes.</param>
    /// <param name="gates">The sums of the gates, <c>[batch, 4 hidden, row, column]</c> in the order i, f, o, c.</param>
    /// <param name="c">The cell state before, <c>[batch, hidden, row, column]</c>; null where it is zero.</param>
    /// <param name="hidden">Channels of the state.</param>
    /// <param name="peephole">Weights from cell state to the gates i, f, o, as for <see cref="Unroll"/>; null for none.</param>
    /// <returns>The hidden and the cell state behind the step.</returns>
    public static (OnnxValue Hidden, OnnxValue Cell) Step(OnnxGraphBuilder graph, OnnxValue gates, OnnxValue? c, int hidden,
        IReadOnlyList<OnnxValue>? peephole = null)
    {
        IReadOnlyList<OnnxValue> parts = graph.Split(gates, 1, hidden, hidden, hidden, hidden);
        OnnxValue news = graph.Mul(Gate(0, parts[0], c), graph.Tanh(parts[3]));
        OnnxValue next = c is null ? news : graph.Add(graph.Mul(Gate(1, parts[1], c), c), news);
        return (graph.Mul(Gate(2, parts[2], next), graph.Tanh(next)), next);

        OnnxValue Gate(int gate, OnnxValue sum, OnnxValue? cell) =>
            graph.Sigmoid(peephole is null || cell is null ? sum : graph.Add(sum, graph.Mul(peephole[gate], cell)));
    }
}
