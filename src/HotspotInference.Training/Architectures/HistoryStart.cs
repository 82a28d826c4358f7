using HotspotInference.Features;
using HotspotInference.Onnx.History;

namespace HotspotInference.Training.Architectures;

/// <summary>A history model that a network starts from.</summary>
/// <param name="Features">Its history and calendar features.</param>
/// <param name="Parameters">Its numbers, fitted to the days that the network will learn.</param>
/// <param name="LevelShifts">What its biases have beyond that fit (<see cref="HistoryModelFit.LevelShifts"/>).</param>
/// <param name="Refit">The same, fitted to the validation days too; null where there are none.</param>
sealed record HistoryStart(FeatureSpec Features, HistoryModelParameters Parameters, IReadOnlyList<double> LevelShifts,
    HistoryModelParameters? Refit = null);
