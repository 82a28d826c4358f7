using HotspotInference.Onnx;
using TorchSharp;
using static TorchSharp.torch;

namespace HotspotInference.Training.Architectures.ConvLstm;

// The state carried from one period to the next. In use it has run over any number of maps; so that the network knows such states, it
// learns from ones that have run over some before the maps that the gradient goes through (truncated back-propagation through time).
sealed partial class ConvLstmNetwork
{
    /// <inheritdoc/>
    /// <remarks>Hidden and cell state of each layer, in their order.</remarks>
    public override int StateChannels => _learntSteps > 0 ? 2 * _layers.Sum(layer => layer.Hidden) : 0;

    /// <summary>
    /// The gradient goes through the last maps of the window only; of those before, a number from none to all is drawn for each batch, and
    /// only warms the state up.
    /// </summary>
    public override Tensor TrainingLoss(Objective objective, NetworkInput input, Tensor counts)
    {
        if (_learntSteps == 0)
            return base.TrainingLoss(objective, input, counts);
        using DisposeScope scope = NewDisposeScope();
        int most = Shape.Steps - _learntSteps;
        // libtorch's generator, which a checkpoint keeps.
        int before = Math.Min(most, (int)(rand([1]).ToDouble() * (most + 1)));
        (Tensor, Tensor)[]? state = null;
        if (before > 0)
        {
            using var noGrad = no_grad();
            state = Run(input with { Maps = input.Maps.narrow(1, most - before, before) }, null).State;
        }
        return objective.Loss(Run(input with { Maps = input.Maps.narrow(1, most, _learntSteps) }, state).Logits, counts)
            .MoveToOuterDisposeScope();
    }

    public override (OnnxValue Logits, OnnxValue State) ExportStep(OnnxGraphBuilder graph, GraphInputs inputs, OnnxValue state)
    {
        using DisposeScope scope = NewDisposeScope();
        IReadOnlyList<OnnxValue> before = graph.Split(state, 1, [.. _layers.SelectMany(layer => (long[])[layer.Hidden, layer.Hidden])]);
        var behind = new OnnxValue[before.Count];
        OnnxValue frame = graph.Gather(inputs.Maps, 0, 1);
        for (int i = 0; i < _layers.Count; i++)
        {
            (behind[2 * i], behind[2 * i + 1]) = _layers[i].ExportStep(graph, frame, before[2 * i], before[2 * i + 1], $"layer{i}");
            frame = Normalize(graph, [behind[2 * i]], i)[0];
        }
        return (ExportHead(graph, frame, inputs), graph.Concat(1, behind));
    }
}
