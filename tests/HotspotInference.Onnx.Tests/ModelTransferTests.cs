using HotspotInference.Features;
using HotspotInference.Heatmaps;
using HotspotInference.Incidents;
using HotspotInference.Onnx.History;
using HotspotInference.Onnx.Tests.Prediction;
using HotspotInference.Periods;
using HotspotInference.Prediction;
using HotspotInference.Simulation;

namespace HotspotInference.Onnx.Tests;

public sealed class ModelTransferTests
{
    const int Rows = 7, Columns = 6;

    static readonly SimulatedCity s_city = new(new SimulatedCityOptions { Seed = 9, Days = 120, EventsPerDay = 5 });
    static readonly ModelTransferOptions s_options = new()
    {
        Name = "there",
        TimeZone = "Europe/Berlin",
        Validation = new DaySpan(Day(60), Day(99)),
        CreatedBy = "a test",
    };

    // As a model elsewhere, with a ratio between expected incidents and what risk follows from.
    static readonly ModelMetadata s_source = HistoryModels.Metadata(KindEncoding.Any) with
    {
        Training = new DaySpan(new(2001, 1, 1), new(2001, 12, 31)),
        DataFingerprint = new string('c', 64),
        Seed = 5,
    };

    [Fact]
    public void Model_of_a_kept_level_is_the_network_with_the_new_citys_metadata()
    {
        byte[] source = Source(1.7);

        ModelTransfer transfer = ModelTransfer.Run(source, Series(), s_options with { Level = TransferLevel.Keep });

        using var predictor = HotspotPredictor.Load(transfer.Model);
        ModelMetadata written = predictor.Metadata;
        Assert.Equal((Rows, Columns), (written.Heatmaps.Grid.Rows, written.Heatmaps.Grid.Columns));
        Assert.Equal(("there", "Europe/Berlin", s_city.Options.Start, s_options.Validation), (written.Name, written.TimeZone, written.HistoryFrom!.Value, written.Validation!.Value));
        Assert.Equal((null, "a test", 5L), (written.Training, written.CreatedBy, written.Seed!.Value));
        Assert.Equal(("sample", s_source.Training, s_source.DataFingerprint, null),
            (written.Origin!.Name, written.Origin.Training, written.Origin.DataFingerprint, written.Origin.Levels));
        Assert.NotEqual(s_source.DataFingerprint, written.DataFingerprint);
        Assert.NotNull(written.Thresholds);
        Assert.Equal(40, written.Selection!.Curves[0].Selected.Totals.Periods);
        Assert.Null(transfer.Levels);
        Assert.Equal(transfer.CalibrationBefore[0]!.Value, transfer.Validation.Calibration[0]!.Value, 1e-4);
        ((float[] risk, float[] intensity), (float[] sameRisk, float[] sameIntensity)) = (Raw(source), Raw(transfer.Model));
        Assert.Equal(risk, sameRisk);
        Assert.Equal(intensity, sameIntensity);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1.7)]
    public void Model_with_the_level_of_the_validation_days_is_right_on_average_there(double? countRatio)
    {
        byte[] source = Source(countRatio);

        ModelTransfer transfer = ModelTransfer.Run(source, Series(), s_options);

        double level = Assert.Single(transfer.Levels!);
        Assert.NotInRange(transfer.CalibrationBefore[0]!.Value, 0.9, 1.1);
        Assert.Equal(1, transfer.Validation.Calibration[0]!.Value, 1e-4);
        Assert.Equal([level], transfer.Metadata.Origin!.Levels);
        ((float[] risk, float[] intensity), (float[] scaledRisk, float[] scaledIntensity)) = (Raw(source), Raw(transfer.Model));
        for (int i = 0; i < risk.Length; i++)
        {
            Assert.Equal(level * intensity[i], scaledIntensity[i], 1e-6 * scaledIntensity[i]);
            Assert.Equal(1 - Math.Pow(1 - (double)risk[i], level), scaledRisk[i], 2e-6 * scaledRisk[i]);
        }
    }

    [Fact]
    public void Model_that_is_handed_on_remembers_where_it_learnt_and_its_whole_level()
    {
        ModelTransfer first = ModelTransfer.Run(Source(1.7), Series(), s_options);
        HeatmapSeries quieter = Series(s_city.Incidents.Where((_, i) => i % 3 == 0));

        ModelTransfer second = ModelTransfer.Run(first.Model, quieter, s_options with { Name = "far" });

        Assert.Equal("sample", second.Metadata.Origin!.Name);
        Assert.InRange(second.Levels![0], 0.1, 0.9);
        Assert.Equal(first.Levels![0] * second.Levels[0], second.Metadata.Origin.Levels![0], 1e-12);
        Assert.Equal(1, second.Validation.Calibration[0]!.Value, 1e-4);
        (float[] before, float[] after) = (Raw(Source(1.7)).Intensity, Raw(second.Model).Intensity);
        Assert.Equal(second.Metadata.Origin.Levels[0] * before[3], after[3], 1e-6 * after[3]);
    }

    [Fact]
    public void Nothing_after_the_validation_days_changes_the_model()
    {
        DateTime end = Day(100).ToDateTime(TimeOnly.MinValue);
        HeatmapSeries Moved(DateTime from) => Series(s_city.Incidents.Select(incident =>
            incident.Time >= from ? incident with { Latitude = s_city.Options.Bounds.South } : incident));

        byte[] model = ModelTransfer.Run(Source(1.7), Series(), s_options).Model.ToArray();

        Assert.Equal(model, ModelTransfer.Run(Source(1.7), Moved(end), s_options).Model.ToArray());
        Assert.NotEqual(model, ModelTransfer.Run(Source(1.7), Moved(end.AddDays(-1)), s_options).Model.ToArray());
    }

    [Fact]
    public void Model_without_intensity_keeps_its_level()
    {
        // Risk is yesterday's map: 0 or 1.
        ModelMetadata metadata = MapModels.Metadata with
        {
            Heatmaps = MapModels.Metadata.Heatmaps with { Kinds = KindEncoding.Any },
            Features = new FeatureSpec { Maps = new MapWindowSpec { Lags = [2, 1], Channels = ["any"], BinaryThreshold = 1 } },
            Classes = ["any"],
        };

        ModelTransfer transfer = ModelTransfer.Run(MapModels.Graph(metadata).ToArray(), Series(), s_options);

        Assert.Null(transfer.Levels);
        Assert.Null(transfer.Metadata.Origin!.Levels);
        // What happened on days 59 to 98 over what happened on days 60 to 99, in cells and days.
        HeatmapSeries series = Series();
        double Happened(int first) => Enumerable.Range(first, 40).Sum(day =>
        {
            var map = new float[Rows * Columns];
            series.CopyTo(day, map);
            return map.Count(count => count > 0);
        });
        Assert.Equal(Happened(59) / Happened(60), transfer.CalibrationBefore[0]!.Value, 1e-6);
    }

    [Fact]
    public void Model_that_does_not_fit_the_city_is_refused()
    {
        ModelMetadata kinds = HistoryModels.Metadata(KindEncoding.Of("theft", "assault"));
        ModelMetadata weekly = s_source with { Heatmaps = s_source.Heatmaps with { Cadence = Cadence.Week } };
        ModelMetadata whole = MapModels.Metadata with { Grid = GridMode.Fixed };
        byte[] isFixed = MapModels.Graph(whole, inputShape: ["batch", 2, 1, 3, 4], outputShape: ["batch", 1, 3, 4]).ToArray();

        Assert.Contains("theft, assault, any", Refused(HistoryModels.Model(kinds)).Found, StringComparison.Ordinal);
        Assert.Contains("week", Refused(HistoryModels.Model(weekly)).Found, StringComparison.Ordinal);
        Assert.Contains("3 x 4 cells (grid: fixed)", Refused(isFixed).Found, StringComparison.Ordinal);
        Assert.Contains("days within the incidents'", Assert.Throws<HotspotException>(() =>
            ModelTransfer.Run(Source(null), Series(), s_options with { Validation = new DaySpan(Day(60), Day(120)) })).Expected, StringComparison.Ordinal);
    }

    static HotspotException Refused(byte[] model) => Assert.Throws<HotspotException>(() => ModelTransfer.Run(model, Series(), s_options));

    static byte[] Source(double? countRatio) => HistoryModelGraph.Build(HistoryModels.Parameters(s_source, seed: 3) with
    {
        CountRatio = countRatio is { } ratio ? [ratio] : null,
    }, s_source).ToArray();

    static DateOnly Day(int day) => s_city.Options.Start.AddDays(day);

    static HeatmapSeries Series(IEnumerable<Incident>? incidents = null)
    {
        var spec = new HeatmapSpec { Grid = new GridSpec(s_city.Options.Bounds, Rows, Columns) };
        var builder = new HeatmapBuilder(spec, PeriodRange.Days(Cadence.Day, Day(0), Day(119)));
        foreach (Incident incident in incidents ?? s_city.Incidents)
            builder.Add(incident);
        return builder.Build();
    }

    // Rates of every size, on a grid that is neither city's.
    static (float[] Risk, float[] Intensity) Raw(ReadOnlyMemory<byte> model)
    {
        using var predictor = HotspotPredictor.Load(model);
        float[] history = [.. Enumerable.Range(0, 2 * 6).Select(i => MathF.Pow(10, -i % 6))], risk = new float[6], intensity = new float[6];
        predictor.Predict(new HotspotInput { Rows = 2, Columns = 3, History = history, Calendar = [0.3f] }, new HotspotOutput { Risk = risk, Intensity = intensity });
        return (risk, intensity);
    }
}
