using static TorchSharp.torch;

namespace HotspotInference.Training.Architectures;

/// <summary>What a network is given, a batch of it.</summary>
/// <param name="Maps"><c>[batch, time, channel, row, column]</c>.</param>
/// <param name="History">
/// <c>[batch, feature, row, column]</c>: those of <see cref="Network.HistoryFeatures"/>; null where it sees none.
/// </param>
/// <param name="Calendar"><c>[batch, feature]</c>; null where it sees none.</param>
/// <param name="External"><c>[batch, feature, row, column]</c>, standardised; null where it sees none.</param>
sealed record NetworkInput(Tensor Maps, Tensor? History = null, Tensor? Calendar = null, Tensor? External = null)
{
    public static implicit operator NetworkInput(Tensor maps) => new(maps);
}
