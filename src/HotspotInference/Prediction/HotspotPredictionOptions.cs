namespace HotspotInference.Pipelines;

/// <summary>How <c>PredictHotspots</c> runs a model and what it calls hot. Immutable.</summary>
public sealed record HotspotPredictionOptions
{
    /// <summary>Cells whose risk is above this percentile are hot, 0..100: 96 flags about 4% of the study area. 96 by default.</summary>
    public double Percentile
    {
        get;
        init
        {
            if (!(value is >= 0 and <= 100))
                throw new ArgumentOutOfRangeException(nameof(Percentile), value, "Expected 0 to 100.");
            field = value;
        }
    } = 96;

    /// <summary>
    /// Whether thresholds are the percentiles of risk over the rows that the step is fitted to. False by default: they are those stored in
    /// the model from its validation span, or each row's own where it has none.
    /// </summary>
    public bool LearnThresholds { get; init; }

    /// <summary>
    /// How many rows a view's cursor reads ahead and forecasts in one run of the model, at least 1. 1 by default, where every number is bit
    /// for bit what <see cref="HotspotPredictor"/> gives for the row alone, and usually fastest on the processor. More can pay on a
    /// graphics card; numbers may then differ in their last bits.
    /// </summary>
    public int BatchSize
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(BatchSize));
            field = value;
        }
    } = 1;

    /// <summary>What to run the model on.</summary>
    public HotspotPredictorOptions Predictor { get; init; } = new();
}
