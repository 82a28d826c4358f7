namespace HotspotInference.Training;

/// <summary>A training as it stands after a step: all that the rest depends on.</summary>
/// <param name="Start">The network as it began, where that is one to beat.</param>
/// <param name="Epochs">The epochs done.</param>
/// <param name="Steps">Steps done of the epoch under way.</param>
/// <param name="LossSum">The sum of their losses.</param>
/// <param name="Weights">The network's weights.</param>
/// <param name="BestWeights">Those of the best epoch; null before the first has ended.</param>
/// <param name="Optimizer">The optimiser's state.</param>
/// <param name="Random">The state of libtorch's random numbers.</param>
sealed record TrainerState(
    EpochLog? Start, IReadOnlyList<EpochLog> Epochs, int Steps, double LossSum, byte[] Weights, byte[]? BestWeights,
    byte[] Optimizer, byte[] Random);
