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
    /// <summary><c>[batch, step, feature]</c>: single incidents, of networks that see these and no maps; null for others.</summary>
    public Tensor? Events { get; init; }

    /// <summary>The input of a network that sees incidents and no maps.</summary>
    public static NetworkInput OfEvents(Tensor events) => new(empty([0])) { Events = events };

    public static implicit operator NetworkInput(Tensor maps) => new(maps);
}
