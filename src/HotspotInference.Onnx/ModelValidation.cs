using System.Runtime.InteropServices;
using System.Security.Cryptography;
using HotspotInference.Evaluation;
using HotspotInference.Features;
using HotspotInference.Forecasts;
using HotspotInference.Heatmaps;
using HotspotInference.Periods;
using HotspotInference.Prediction;

namespace HotspotInference.Onnx;

/// <summary>What a model gets from days that it did not learn: its thresholds, and how well its probabilities fit.</summary>
/// <param name="Thresholds">Percentiles of risk over the days, taken with the model's border policy.</param>
/// <param name="Selection">The threshold of each class that a rule chose over the days, with the same border policy.</param>
/// <param name="Calibration">
/// For each class mean risk over the share of cell-periods with incidents; 1 is right. Null where there was no incident.
/// </param>
public sealed record ModelValidation(PercentileTable Thresholds, ThresholdSelection Selection, IReadOnlyList<double?> Calibration)
{
    /// <summary>Forecasts every period of a span from what was known before it.</summary>
    /// <param name="predictor">The model.</param>
    /// <param name="series">Heat maps from where history begins to the end of the span, not filled.</param>
    /// <param name="span">The periods, all later than those that were learnt.</param>
    /// <param name="rule">How thresholds are chosen; <see cref="ThresholdRule.Default"/> where null.</param>
    /// <param name="external">The external features that the model needs; null for none.</param>
    /// <param name="cancellationToken">Stops the validation.</param>
    /// <exception cref="HotspotException">No period of the span counts, or as for <see cref="ForecastReplay"/> and
    /// <see cref="ThresholdSelection.Over"/>.</exception>
    public static ModelValidation Run(HotspotPredictor predictor, HeatmapSeries series, PeriodRange span, ThresholdRule? rule = null,
        ExternalFeatures? external = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(predictor);
        ArgumentNullException.ThrowIfNull(series);
        GridSpec grid = series.Spec.Grid;
        var risks = new List<float>();
        var counts = new List<float>();
        var expected = new double[predictor.Classes.Count];
        var observed = new double[expected.Length];
        new ForecastReplay(series, [external is null ? predictor : predictor.With(external)], span,
            predictor.Metadata.Horizon).Run(period =>
        {
            if (!period.IsScored)
                return;
            risks.AddRange(period.Risk(0));
            counts.AddRange(period.Actual);
            for (int i = 0; i < period.Actual.Length; i++)
            {
                expected[i / grid.CellCount] += period.Risk(0)[i];
                observed[i / grid.CellCount] += period.Actual[i] > 0 ? 1 : 0;
            }
        }, cancellationToken: cancellationToken);
        if (risks.Count == 0)
            throw new HotspotException("validation span", $"{span} without a period that counts",
                "at least one with data that is not left out", "Widen the span.");
        PercentileTable thresholds = PercentileTable.Over(predictor.Classes, grid.Rows, grid.Columns, CollectionsMarshal.AsSpan(risks),
            border: predictor.Border);
        ThresholdSelection selection = ThresholdSelection.Over(predictor.Classes, grid.Rows, grid.Columns, CollectionsMarshal.AsSpan(risks),
            CollectionsMarshal.AsSpan(counts), rule, predictor.Border);
        return new ModelValidation(thresholds, selection,
            [.. expected.Zip(observed, (risk, count) => count > 0 ? risk / count : (double?)null)]);
    }

    /// <summary>The periods of days that a series has to cover.</summary>
    /// <param name="days">The days.</param>
    /// <param name="what">What they are, for the message.</param>
    /// <param name="series">The heat maps.</param>
    /// <exception cref="HotspotException">The days leave the series.</exception>
    internal static PeriodRange Periods(DaySpan days, string what, HeatmapSeries series)
    {
        PeriodRange periods = PeriodRange.Days(series.Spec.Cadence, days.First, days.Last);
        return periods.First >= series.Periods.First && periods.End <= series.Periods.End
            ? periods
            : throw new HotspotException(what, $"{days}", $"days within the incidents' {series.Periods}",
                "Narrow the span, or give incidents that cover it.");
    }

    /// <summary>Refuses validation days that were learnt.</summary>
    /// <exception cref="HotspotException">The validation begins before the training has ended.</exception>
    internal static void CheckLater(PeriodRange training, PeriodRange validation)
    {
        if (validation.First < training.End || validation.Count == 0)
            throw new HotspotException("validation span", $"{validation}", $"days after the training span, {training}",
                "Thresholds from days that were learnt would be too sure of themselves: choose a later span.");
    }

    /// <summary>
    /// SHA-256 of heat maps, not of files: the same incidents in another order or with other columns give the same model.
    /// </summary>
    internal static string Fingerprint(HeatmapSeries series)
    {
        using var hash = SHA256.Create();
        using (var stream = new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write))
            HeatmapSeriesFile.Save(series, stream);
        return Convert.ToHexStringLower(hash.Hash!);
    }
}
