using HotspotInference.Features;
using HotspotInference.Forecasts;
using HotspotInference.Prediction;

namespace HotspotInference.Onnx.Tests.Prediction;

public sealed class NextIncidentPredictorTests
{
    static readonly DateTime s_start = new(2020, 3, 1);

    static readonly Incident[] s_incidents = [.. Enumerable.Range(0, 12).Select(i => NextIncidentModels.At(s_start.AddHours(i), i % 3, i * 5 % 4))];

    [Fact]
    public void Predict_ranks_cells_from_the_incidents_strictly_before_the_moment()
    {
        using var predictor = NextIncidentPredictor.Load(NextIncidentModels.Graph().ToArray());

        NextIncidentForecast forecast = predictor.Predict(s_incidents, s_incidents[7].Time);

        // The last one before is number 6: row 0, column 2.
        Assert.Equal(new RankedCell(1, 0, 2, 0.5), forecast.Top(1)[0]);
        Assert.Equal(1, forecast.Probabilities.ToArray().Sum(), 1e-6);
        // All others alike: from the south-west corner.
        Assert.Equal([(2, 2, 0), (3, 2, 1), (4, 2, 2)], forecast.Top(4).Skip(1).Select(cell => (cell.Rank, cell.Row, cell.Column)));
    }

    [Fact]
    public void Incidents_at_or_after_the_moment_change_nothing()
    {
        using var predictor = NextIncidentPredictor.Load(NextIncidentModels.Graph().ToArray());
        DateTime moment = s_incidents[7].Time;
        Incident[] others = [.. s_incidents.Select(incident => incident.Time < moment ? incident
            : NextIncidentModels.At(incident.Time.AddMinutes(7), 2, 3)), NextIncidentModels.At(moment, 1, 1)];
        float[] features = new float[predictor.Events.WindowLength], otherFeatures = new float[features.Length];

        predictor.CreateEvents(s_incidents).Before(moment).CopyFeatures(predictor.Events, features);
        predictor.CreateEvents(others.Reverse()).Before(moment).CopyFeatures(predictor.Events, otherFeatures);

        Assert.Equal(features, otherFeatures);
        Assert.Equal(predictor.Predict(s_incidents, moment).Probabilities, predictor.Predict(others, moment).Probabilities);
        Assert.NotEqual(predictor.Predict(s_incidents, moment.AddTicks(1)).Top(1), predictor.Predict(s_incidents, moment).Top(1));
    }

    [Fact]
    public void Raw_path_forecasts_batches_without_allocation()
    {
        using var predictor = NextIncidentPredictor.Load(NextIncidentModels.Graph().ToArray());
        EventSequence events = predictor.CreateEvents(s_incidents);
        float[] features = new float[3 * predictor.Events.WindowLength], next = new float[3 * NextIncidentModels.Cells];
        for (int i = 0; i < 3; i++)
            events.Before(s_incidents[5 + i].Time)
                .CopyFeatures(predictor.Events, features.AsSpan(i * predictor.Events.WindowLength, predictor.Events.WindowLength));

        predictor.Predict(features, next);
        long before = GC.GetAllocatedBytesForCurrentThread();
        predictor.Predict(features, next);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);
        Assert.Equal([4, 5, 6], next.Chunk(NextIncidentModels.Cells).Select(map => Array.IndexOf(map, 0.5f))
            .Select(cell => Enumerable.Range(4, 3).Single(i => cell == i % 3 * 4 + i * 5 % 4)));
    }

    [Fact]
    public void Too_few_incidents_are_an_error_that_says_how_many_are_needed()
    {
        using var predictor = NextIncidentPredictor.Load(NextIncidentModels.Graph().ToArray());

        var e = Assert.Throws<HotspotException>(() => predictor.Predict(s_incidents, s_incidents[3].Time));

        Assert.Equal(("3 before the moment", "at least 4: the last 3, and one to count from"), (e.Found, e.Expected));
    }

    [Fact]
    public void Spans_that_do_not_fit_and_cells_outside_the_grid_are_refused()
    {
        using var predictor = NextIncidentPredictor.Load(NextIncidentModels.Graph().ToArray());
        float[] next = new float[NextIncidentModels.Cells];

        Assert.Throws<ArgumentException>(() => predictor.Predict(new float[11], next));
        Assert.Throws<ArgumentException>(() => predictor.Predict(new float[12], next.AsSpan(1)));
        Assert.Throws<HotspotException>(() => predictor.Predict([0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], next));
        Assert.Throws<HotspotException>(() => predictor.Predict([0, 0, 0, 0, 1, 1, -1, 0, 0, 0, 0, 0], next));
        Assert.Throws<HotspotException>(() => predictor.Predict([0, 0, 0, 0, float.NaN, 0, 0, 0, 0, 0, 0, 0], next));
    }

    [Fact]
    public void Each_predictor_refuses_the_others_models_and_says_which_takes_them()
    {
        byte[] next = NextIncidentModels.Graph().ToArray();

        var noRisk = Assert.Throws<HotspotException>(() => HotspotPredictor.Load(next));
        var noNext = Assert.Throws<HotspotException>(() => NextIncidentPredictor.Load(MapModels.Graph().ToArray()));

        Assert.Contains(nameof(NextIncidentPredictor), noRisk.Remedy, StringComparison.Ordinal);
        Assert.Contains(nameof(HotspotPredictor), noNext.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "next", 5, 4, false)]
    [InlineData(false, "next", 3, 5, false)]
    [InlineData(false, "risk", 3, 4, false)]
    [InlineData(false, "next", 3, 4, true)]
    [InlineData(true, "next", 3, 4, false)]
    public void Network_that_differs_from_its_metadata_is_refused(bool withoutEvents, string output, int steps, int features, bool withRisk)
    {
        ModelMetadata metadata = withoutEvents ? NextIncidentModels.Metadata with { Events = null } : NextIncidentModels.Metadata;

        Assert.Throws<HotspotException>(() =>
            NextIncidentPredictor.Load(NextIncidentModels.Graph(metadata, output, steps, features, withRisk).ToArray()));
    }

    [Fact]
    public void Metadata_of_any_model_can_be_read_from_its_file()
    {
        string file = Path.GetTempFileName();
        try
        {
            NextIncidentModels.Graph().Save(file);

            Assert.Equal(NextIncidentModels.Metadata, HotspotPredictor.ReadMetadata(file));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
