using HotspotInference.Forecasts;

namespace HotspotInference.Evaluation;

/// <summary>A score over all periods and over each of the bootstrap's choices of them; NaN in a draw where it is not defined.</summary>
sealed record ScoreDraws(double Value, double[] Draws, bool HigherIsBetter)
{
    /// <summary>The value with its 95% interval over the draws in which it is defined.</summary>
    public Estimate ToEstimate()
    {
        double[] drawn = [.. Draws.Where(double.IsFinite).Order()];
        return drawn.Length == 0
            ? new Estimate(Value, Value, Value)
            : new Estimate(Value, Percentiles.OfSorted(drawn, 2.5), Percentiles.OfSorted(drawn, 97.5));
    }

    /// <summary>This score less another, draw by draw: both hold the same periods in each.</summary>
    public ScoreDraws Minus(ScoreDraws other) =>
        this with { Value = Value - other.Value, Draws = [.. Draws.Zip(other.Draws, (mine, theirs) => mine - theirs)] };
}
