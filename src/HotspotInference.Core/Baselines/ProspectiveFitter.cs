using HotspotInference.Heatmaps;
using HotspotInference.Periods;
using HotspotInference.Prediction;

namespace HotspotInference.Baselines;

/// <summary>
/// Scales the score of prospective hot-spotting to incidents, so that probabilities mean something: <c>scale x score + floor</c> by Poisson
/// maximum likelihood over the training span, for each class.
/// </summary>
/// <param name="bandwidthMeters">How far an incident reaches, at least 0. As published: 400 m.</param>
/// <param name="windowDays">How long it counts, at least a day. As published: two months.</param>
public sealed class ProspectiveFitter(double bandwidthMeters = 400, double windowDays = 61) : IForecasterFitter
{
    readonly double _bandwidthMeters = bandwidthMeters >= 0
        ? bandwidthMeters
        : throw new ArgumentOutOfRangeException(nameof(bandwidthMeters), bandwidthMeters, "At least 0.");

    readonly double _windowDays = windowDays >= 1 ? windowDays
        : throw new ArgumentOutOfRangeException(nameof(windowDays), windowDays, "At least 1.");

    /// <inheritdoc/>
    public string Name => "prospective";

    /// <inheritdoc/>
    /// <returns>A <see cref="ProspectiveForecaster"/>.</returns>
    public IRiskForecaster Fit(HeatmapSeries series, PeriodRange training, CancellationToken cancellationToken = default)
    {
        TrainingEvents[] events = TrainingEvents.Collect(series, training, cancellationToken);
        HeatmapSpec spec = series.Spec;
        int cells = spec.Grid.CellCount;
        var scorer = new ProspectiveForecaster(Name, spec, _bandwidthMeters, _windowDays, []);
        var map = new float[spec.MapLength];
        var scores = events.Select(_ => new List<double>()).ToArray();
        var exposures = new double[events.Length];
        TrainingReplay.Run(series, training, scorer.Features, (city, position) =>
        {
            scorer.Score(city, 1, map);
            for (int i = 0; i < map.Length; i++)
                exposures[i / cells] += map[i];
            foreach (HeatmapEntry entry in series.Entries(position))
                scores[entry.Index / cells].Add(map[entry.Index]);
        }, cancellationToken);
        return new ProspectiveForecaster(Name, spec, _bandwidthMeters, _windowDays, [.. events.Select((of, c) =>
            ScaleAndFloor.Fit([.. scores[c]], of.TargetCounts(), exposures[c], of.CellPeriods))]);
    }
}
