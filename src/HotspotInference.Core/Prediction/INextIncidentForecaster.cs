using HotspotInference.Features;

namespace HotspotInference.Prediction;

/// <summary>Says where the next incident will be, from those that are known: models and baselines alike.</summary>
public interface INextIncidentForecaster
{
    /// <summary>A short name for tables.</summary>
    string Name { get; }

    /// <summary>How many incidents have to be known, at least 1.</summary>
    int NeededEvents { get; }

    /// <summary>Forecasts the place of the first incident behind those known, as soon as the last of them is known.</summary>
    /// <param name="past">The incidents known, at least <see cref="NeededEvents"/>.</param>
    /// <param name="probabilities">Receives <c>[row, column]</c>; sums to 1. Exactly as long as the grid has cells.</param>
    void Predict(PastEvents past, Span<float> probabilities);
}
