using HotspotInference.Baselines;
using HotspotInference.Evaluation;
using HotspotInference.Features;
using HotspotInference.Grids;
using HotspotInference.Heatmaps;
using HotspotInference.Prediction;

namespace HotspotInference.Tests.Evaluation;

public sealed class NextIncidentEvaluationTests
{
    static readonly DateTime s_start = new(2020, 3, 1);
    static readonly HeatmapSpec s_spec = new() { Grid = new GridSpec(new GeoBounds(0, 0, 0.03, 0.04), 3, 4) };
    static readonly DaySpan s_days = new(new DateOnly(2020, 3, 3), new DateOnly(2020, 3, 12));

    [Fact]
    public void Scores_follow_from_ranks_and_probabilities()
    {
        EventSequence events = RandomEvents(seed: 3);
        // Falls along the tie order: cell 8, the south-western corner, first.
        float[] forecast = [0.01f, 0.02f, 0.02f, 0.05f, 0.1f, 0.1f, 0.1f, 0.1f, 0.1f, 0.1f, 0.15f, 0.15f];
        int[] rankOf = [12, 10, 11, 9, 5, 6, 7, 8, 3, 4, 1, 2];

        NextIncidentReport report = NextIncidentEvaluation.Run(events, new Fixed(forecast), [], s_days);

        int[] cells = [.. Enumerable.Range(0, events.Count)
            .Where(i => events.TimeOf(i) >= s_start.AddDays(2) && events.TimeOf(i) < s_start.AddDays(12)).Select(events.CellOf)];
        Assert.Equal((cells.Length, 0, 12), (report.Incidents, report.IncidentsLeftOut, report.Cells));
        foreach (int k in NextIncidentEvaluation.TopCells)
            Assert.Equal(cells.Average(cell => rankOf[cell] <= k ? 1.0 : 0), report.Model.TopCells[k].Value, 1e-12);
        Assert.Equal(cells.Average(cell => 1.0 / rankOf[cell]), report.Model.MeanReciprocalRank.Value, 1e-12);
        Assert.Equal(cells.Average(cell => Math.Log(forecast[cell])), report.Model.MeanLogProbability.Value, 1e-12);
        Assert.InRange(report.Model.MeanLogProbability.Low, double.NegativeInfinity, report.Model.MeanLogProbability.Value);
        Assert.InRange(report.Model.MeanLogProbability.High, report.Model.MeanLogProbability.Value, 0);
    }

    [Fact]
    public void Every_incident_is_forecast_from_those_strictly_before_it()
    {
        // Three at a time: none of them may be seen for the others.
        EventSequence events = EventSequence.Of(Enumerable.Range(0, 30 * 3).Select(i => At(12 * (i / 3), i % 3, i % 4)), s_spec);
        var spy = new Spy();

        NextIncidentEvaluation.Run(events, spy, [], s_days);

        Assert.Equal(Enumerable.Range(4, 20).SelectMany(group => Enumerable.Repeat(3 * group, 3)), spy.Known);
    }

    [Fact]
    public void Forecaster_against_itself_differs_by_nothing_and_against_a_worse_one_is_better()
    {
        EventSequence events = RandomEvents(seed: 3);
        float[] even = new float[12];
        Array.Fill(even, 1f / 12);

        NextIncidentReport report = NextIncidentEvaluation.Run(events, PlaceRates.Frequency, [PlaceRates.Frequency, new Fixed(even)], s_days);

        Assert.All(report.Comparisons[0].Differences.Values, difference =>
            Assert.Equal((0, ComparisonVerdict.NoDifference), (difference.Difference.Value, difference.Verdict)));
        Assert.Equal(ComparisonVerdict.Better, report.Comparisons[1].Differences["mean_log_probability"].Verdict);
        Assert.Equal(report.Model.MeanLogProbability.Value - Math.Log(1 / 12.0),
            report.Comparisons[1].Differences["mean_log_probability"].Difference.Value, 1e-6);
    }

    [Fact]
    public void Span_without_incidents_that_have_enough_before_them_is_refused() =>
        Assert.Throws<HotspotException>(() => NextIncidentEvaluation.Run(EventSequence.Of([At(50, 0, 0)], s_spec), PlaceRates.Frequency, [], s_days));

    [Fact]
    public void Report_is_written_with_names_in_snake_case()
    {
        string json = NextIncidentEvaluation.Run(RandomEvents(seed: 3), PlaceRates.Frequency, [PlaceRates.Weighted(90)], s_days).ToJson();

        foreach (string name in (string[])["\"top_cells\"", "\"mean_reciprocal_rank\"", "\"mean_log_probability\"", "\"top_cells/5\"", "\"incidents\"",
            "\"EWMA 90 days\""])
            Assert.Contains(name, json, StringComparison.Ordinal);
    }

    static EventSequence RandomEvents(int seed)
    {
        var random = new Random(seed);
        return EventSequence.Of(Enumerable.Range(0, 600).Select(_ => At(24 * 12 * random.NextDouble(),
            (int)(3 * random.NextDouble() * random.NextDouble()), random.Next(4))), s_spec);
    }

    static Incident At(double hours, int row, int column) => new(s_start.AddHours(hours), 0.01 * (3 - row - 0.5), 0.01 * (column + 0.5));

    sealed class Fixed(float[] probabilities) : INextIncidentForecaster
    {
        public string Name => "fixed";

        public int NeededEvents => 1;

        public void Predict(PastEvents past, Span<float> result) => probabilities.CopyTo(result);
    }

    sealed class Spy : INextIncidentForecaster
    {
        public List<int> Known { get; } = [];

        public string Name => "spy";

        public int NeededEvents => 1;

        public void Predict(PastEvents past, Span<float> result)
        {
            Known.Add(past.Count);
            result.Fill(1f / result.Length);
        }
    }
}
