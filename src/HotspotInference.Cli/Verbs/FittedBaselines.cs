using HotspotInference.Cli.Options;
using HotspotInference.Evaluation;
using HotspotInference.Heatmaps;
using HotspotInference.Periods;
using HotspotInference.Prediction;

namespace HotspotInference.Cli.Verbs;

/// <summary>The baselines of one evaluation, fitted to what lies before it.</summary>
sealed class FittedBaselines : IDisposable
{
    readonly List<IRiskForecaster> _forecasters = [];

    public IReadOnlyList<IRiskForecaster> Forecasters => _forecasters;

    /// <summary>Fits what was chosen; nothing from the span on is at hand.</summary>
    public static FittedBaselines Of(
        BaselineChoice choice, HeatmapSeries series, PeriodRange span, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var baselines = new FittedBaselines();
        if (choice == BaselineChoice.Quick)
            baselines._forecasters.AddRange(ForecastEvaluation.DefaultBaselines(series.Spec));
        // A span that the series does not cover is refused by the replay, in its words.
        if (choice != BaselineChoice.All || span.First <= series.Periods.First || span.First > series.Periods.End)
            return baselines;
        PeriodRange training = StandardForecasters.TrainingBefore(series, span);
        HeatmapSeries known = series.Slice(series.Periods with { Count = (int)(span.First - series.Periods.First) });
        try
        {
            foreach (IForecasterFitter fitter in StandardForecasters.All)
            {
                baselines._forecasters.Add(fitter.Fit(known, training, cancellationToken));
                progress.Report((double)baselines._forecasters.Count / StandardForecasters.All.Count);
            }
            return baselines;
        }
        catch
        {
            baselines.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (IDisposable forecaster in _forecasters.OfType<IDisposable>())
            forecaster.Dispose();
    }
}
