using HotspotInference.Onnx;
using HotspotInference.Prediction;
using static TorchSharp.torch;

namespace HotspotInference.Training.Architectures;

/// <summary>
/// A network that can be trained and written as ONNX: maps, and whatever else it sees, in, logits <c>[batch, class, row, column]</c> out.
/// What a logit means is the <see cref="Objective"/>'s. In training, several networks in one may give
/// <c>[member, batch, class, row, column]</c>, so that each learns for itself.
/// </summary>
abstract class Network(string name, NetworkShape shape) : nn.Module<NetworkInput, Tensor>(name)
{
    /// <summary>The sizes that it was made for.</summary>
    public NetworkShape Shape => shape;

    /// <summary>Whether it has weights for each cell.</summary>
    public abstract GridMode Grid { get; }

    /// <summary>The features of the input <c>history</c> that it looks at, in order; empty where it sees none.</summary>
    public virtual IReadOnlyList<int> HistoryFeatures => [];

    /// <summary>The names of parameters that belong to the city: a training that starts from another's weights keeps its own.</summary>
    public virtual IReadOnlyList<string> OwnParameters => [];

    /// <summary>
    /// Those of them that a fit to the city gives before training. A training that goes on in the same city takes all others over.
    /// </summary>
    public virtual IReadOnlyList<string> FittedParameters => [];

    /// <summary>
    /// Adds to its logits, which begin around 0: before training, to start from the mean forecast; after it, to fit the level.
    /// </summary>
    /// <param name="by">One number for each class.</param>
    public abstract void ShiftLogits(ReadOnlySpan<double> by);

    /// <summary>Adds to a bias of one number a class.</summary>
    public static void Shift(Tensor bias, ReadOnlySpan<double> by)
    {
        using var noGrad = no_grad();
        using Tensor shift = tensor(by.ToArray(), ScalarType.Float32);
        bias.add_(shift).Dispose();
    }

    /// <summary>
    /// Takes what was fitted to the validation days too, once these have decided all that they decide. By default nothing was.
    /// </summary>
    /// <returns>Whether anything was.</returns>
    public virtual bool Refit() => false;

    /// <summary>What one step of training makes small: the objective's loss, unless the network brings terms of its own.</summary>
    /// <param name="objective">What its logits mean.</param>
    /// <param name="input">What it is given.</param>
    /// <param name="counts">How many incidents there were, <c>[batch, class, row, column]</c>.</param>
    public virtual Tensor TrainingLoss(Objective objective, NetworkInput input, Tensor counts) => objective.Loss(call(input), counts);

    /// <summary>
    /// The logits of each of its forecasts, where it draws several whose mean it gives: <c>[draw, batch, class, row, column]</c>, in
    /// <c>eval</c> mode; null where it gives one.
    /// </summary>
    public virtual Tensor? Draws(NetworkInput input) => null;

    /// <summary>
    /// Channels of the state that it carries from one period to the next; 0, the default, where each window stands for itself.
    /// </summary>
    public virtual int StateChannels => 0;

    /// <summary>
    /// Writes one step of a network that carries a state: from zeros, one for each map of a window, they are the whole of it.
    /// </summary>
    /// <param name="graph">Gets the nodes.</param>
    /// <param name="inputs">The inputs; the maps are one, <c>[batch, 1, channel, row, column]</c>.</param>
    /// <param name="state"><c>[batch, state, row, column]</c>: follows from the maps before and from nothing else.</param>
    /// <returns>The logits, and the state that the next step begins with.</returns>
    public virtual (OnnxValue Logits, OnnxValue State) ExportStep(OnnxGraphBuilder graph, GraphInputs inputs, OnnxValue state) =>
        throw new NotSupportedException($"{GetType().Name} carries no state.");

    /// <summary>Writes it with its present weights, as in <c>eval</c> mode: standard operators, time unrolled.</summary>
    /// <param name="graph">Gets the nodes.</param>
    /// <param name="inputs">The inputs.</param>
    /// <returns>The logits.</returns>
    public abstract OnnxValue Export(OnnxGraphBuilder graph, GraphInputs inputs);
}
