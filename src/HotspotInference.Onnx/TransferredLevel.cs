using HotspotInference.Evaluation;
using HotspotInference.Heatmaps;
using HotspotInference.Periods;

namespace HotspotInference.Onnx;

/// <summary>What a model forecasts over validation days, kept to find the level at which mean risk is what happened.</summary>
sealed class TransferredLevel
{
    // Float rounding, beside the ratio of the largest and smallest.
    const double LinkTolerance = 1e-4;
    // Where risk comes near 1 it has no digits left that tell intensities apart.
    const float LargestTellingRisk = 0.5f;
    // Nor below, where floats lose theirs.
    const float LeastTellingRisk = 1e-30f;
    const double LargestLogFactor = 30;

    // For each class the rates that risk follows from, -ln(1 - risk), all periods and cells.
    readonly List<double>[] _rates;
    readonly long[] _happened;
    readonly double[] _least, _most, _rateSums, _intensitySums;

    TransferredLevel(int classes)
    {
        _rates = [.. Enumerable.Range(0, classes).Select(_ => new List<double>())];
        _happened = new long[classes];
        (_least, _most, _rateSums, _intensitySums) = (new double[classes], new double[classes], new double[classes], new double[classes]);
        Array.Fill(_least, double.PositiveInfinity);
    }

    /// <summary>Mean risk over the share of cell-periods with incidents, for each class; null where there was none.</summary>
    public IReadOnlyList<double?> Calibration =>
        [.. _rates.Zip(_happened, (rates, happened) => happened > 0 ? MeanRisk(rates, 1) * rates.Count / happened : (double?)null)];

    /// <summary>
    /// For each class the expected incidents for each unit of the rate that risk follows from; null where intensity is not a constant times
    /// that rate, or the model has no intensity.
    /// </summary>
    public IReadOnlyList<double>? Ratios { get; private set; }

    /// <summary>Forecasts the periods of a span, each from what was known before it.</summary>
    public static TransferredLevel Over(HotspotPredictor predictor, HeatmapSeries series, PeriodRange span,
        CancellationToken cancellationToken)
    {
        var level = new TransferredLevel(predictor.Classes.Count);
        new ForecastReplay(series, [predictor], span, predictor.Metadata.Horizon).Run(period =>
        {
            if (period.IsScored)
                level.Add(period.Risk(0), predictor.HasIntensity ? period.Intensity(0) : default, period.Actual,
                    series.Spec.Grid.CellCount);
        }, cancellationToken: cancellationToken);
        bool isConstant = level._least.Zip(level._most)
            .All(bounds => bounds.First > 0 && bounds.Second <= bounds.First * (1 + LinkTolerance));
        if (isConstant && level._rateSums.All(sum => sum > 0))
            level.Ratios = [.. level._intensitySums.Zip(level._rateSums, (intensity, rate) => intensity / rate)];
        return level;
    }

    /// <summary>
    /// For each class the factor on intensity with which mean risk is what happened; 1 for a class without incidents or risk.
    /// </summary>
    public double[] Factors() => [.. _rates.Zip(_happened, Factor)];

    void Add(ReadOnlySpan<float> risk, ReadOnlySpan<float> intensity, ReadOnlySpan<float> actual, int cells)
    {
        for (int i = 0; i < risk.Length; i++)
        {
            int c = i / cells;
            // -ln(1 - risk), without the loss of digits for a small risk.
            double rate = 2 * Math.Atanh(risk[i] / (2.0 - risk[i]));
            _rates[c].Add(rate);
            _happened[c] += actual[i] > 0 ? 1 : 0;
            if (intensity.IsEmpty || !(risk[i] is > LeastTellingRisk and < LargestTellingRisk))
                continue;
            double ratio = intensity[i] / rate;
            _least[c] = Math.Min(_least[c], ratio);
            _most[c] = Math.Max(_most[c], ratio);
            _rateSums[c] += rate;
            _intensitySums[c] += intensity[i];
        }
    }

    static double Factor(List<double> rates, long happened)
    {
        if (happened == 0 || happened == rates.Count || !rates.Exists(rate => rate > 0))
            return 1;
        double low = -LargestLogFactor, high = LargestLogFactor;
        // Risk rises with the factor: halve until it is as narrow as a float can tell.
        for (int i = 0; i < 40; i++)
        {
            double middle = (low + high) / 2;
            (MeanRisk(rates, Math.Exp(middle)) * rates.Count < happened ? ref low : ref high) = middle;
        }
        return Math.Exp((low + high) / 2);
    }

    static double MeanRisk(List<double> rates, double factor)
    {
        double sum = 0;
        foreach (double rate in rates)
            sum -= double.ExpM1(-factor * rate);
        return sum / rates.Count;
    }
}
