using System.Globalization;
using HotspotInference.Features;
using HotspotInference.Forecasts;
using HotspotInference.Prediction;

namespace HotspotInference.Evaluation;

/// <summary>
/// Replays a span incident by incident: each is forecast from those strictly before it, as soon as the last of these was known, and scored
/// by the rank and the probability of the cell that it fell into. Incidents of the same time do not see each other.
/// </summary>
public static class NextIncidentEvaluation
{
    // As in PairedComparison: 2.5% of fewer draws is less than one of them, and a block is at most a quarter of the days.
    const int FewestDraws = 40, FewestDays = 4;

    /// <summary>How many of the likeliest cells are counted.</summary>
    public static IReadOnlyList<int> TopCells { get; } = [1, 5, 10, 20, 50];

    /// <summary>Scores a model beside baselines.</summary>
    /// <param name="events">The incidents, those before the span included.</param>
    /// <param name="model">The model.</param>
    /// <param name="baselines">What stands beside it.</param>
    /// <param name="days">The days whose incidents are forecast.</param>
    /// <param name="options">Draws, seed and block of the bootstrap, in days; null for the defaults.</param>
    /// <param name="progress">Receives the share of the work that is done, 0..1.</param>
    /// <param name="cancellationToken">Stops the evaluation.</param>
    /// <exception cref="HotspotException">No incident of the span has enough before it.</exception>
    public static NextIncidentReport Run(EventSequence events, INextIncidentForecaster model,
        IReadOnlyList<INextIncidentForecaster> baselines, DaySpan days, ScoringOptions? options = null, IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(baselines);
        options ??= ScoringOptions.Default;
        DateTime start = days.First.ToDateTime(TimeOnly.MinValue), end = days.Last.AddDays(1).ToDateTime(TimeOnly.MinValue);
        INextIncidentForecaster[] all = [model, .. baselines];
        int needed = all.Max(forecaster => forecaster.NeededEvents), first = events.Before(start).Count, last = events.Before(end).Count;
        int[] targets = [.. Enumerable.Range(first, last - first).Where(i => events.Before(events.TimeOf(i)).Count >= needed)];
        if (targets.Length == 0)
            throw new HotspotException("span to score",
                string.Create(CultureInfo.InvariantCulture, $"{days} with {last - first} incidents"),
                string.Create(CultureInfo.InvariantCulture, $"at least one with {needed} before it"),
                "Widen the span, or give older incidents.");

        var sums = new NextIncidentSums[all.Length];
        int dayCount = days.Last.DayNumber - days.First.DayNumber + 1;
        for (int f = 0; f < all.Length; f++)
            sums[f] = new NextIncidentSums(TopCells, dayCount);
        var probabilities = new float[events.Spec.Grid.CellCount];
        for (int i = 0; i < targets.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            DateTime time = events.TimeOf(targets[i]);
            PastEvents past = events.Before(time);
            int cell = events.CellOf(targets[i]);
            for (int f = 0; f < all.Length; f++)
            {
                all[f].Predict(past, probabilities);
                sums[f].Add((time - start).Days, NextIncidentForecast.RankOf(probabilities, events.Spec.Grid.Columns, cell),
                    probabilities[cell]);
            }
            progress?.Report((i + 1.0) / targets.Length);
        }

        var interval = new IntervalMethod(options.BootstrapDraws, PeriodDraws.Block(options.BootstrapBlock, dayCount), options.Seed);
        NextIncidentScore[] scores = [.. all.Select((forecaster, f) => sums[f].Score(forecaster.Name, interval))];
        bool isJudged = interval.Draws >= FewestDraws && dayCount >= FewestDays;
        return new NextIncidentReport
        {
            Start = start,
            End = end,
            Incidents = targets.Length,
            IncidentsLeftOut = last - first - targets.Length,
            Cells = events.Spec.Grid.CellCount,
            Interval = interval,
            Model = scores[0],
            Baselines = scores[1..],
            Comparisons = [.. scores.Skip(1).Select(baseline => Compare(scores[0], baseline, isJudged))],
        };
    }

    static NextIncidentComparison Compare(NextIncidentScore model, NextIncidentScore baseline, bool isJudged) => new(baseline.Name,
        model.Draws.ToDictionary(score => score.Key, score => ScoreDifference.Of(score.Value.Minus(baseline.Draws[score.Key]), isJudged)));
}
