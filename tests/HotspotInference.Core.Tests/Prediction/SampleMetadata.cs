using HotspotInference.Features;
using HotspotInference.Forecasts;
using HotspotInference.Grids;
using HotspotInference.Heatmaps;
using HotspotInference.Incidents;
using HotspotInference.Periods;
using HotspotInference.Prediction;

namespace HotspotInference.Tests.Prediction;

/// <summary>Metadata with every property set to something other than its default.</summary>
static class SampleMetadata
{
    static readonly ThresholdTotals s_totals = new(3, 300, 8, 9.5);

    public static ModelMetadata Full { get; } = new()
    {
        Architecture = "conv-lstm",
        Name = "Sample, \"größer\"",
        Heatmaps = new HeatmapSpec
        {
            Grid = new GridSpec(new GeoBounds(38.8185, -77.0475, 38.9625, -76.9035), 36, 30),
            Cadence = Cadence.Parse("6h"),
            Kinds = KindEncoding.Parse("severe=RAPE,MURDER other=*"),
            MissingPeriods = MissingPeriods.EmptyPeriods,
            Filling = FillMethod.WeekdayMean,
            ExcludedDays = ExcludedDays.Parse("07-01..07-06,12-29..01-02"),
        },
        TimeZone = "America/New_York",
        Features = new FeatureSpec
        {
            Maps = new MapWindowSpec { Lags = [16, 8, 2], Channels = ["severe", "any"], BinaryThreshold = null },
            History = new HistorySpec
            {
                HalfLives = [1, 90.5, double.PositiveInfinity],
                Smoothings = [0, 1.2],
                Channels = ["any"],
                More = [new HistorySpec { HalfLives = [28], Channels = ["any"], BinaryThreshold = 1, Phase = HistoryPhase.WeekPart }],
            },
            Calendar = new CalendarSpec { Features = ["total_7", "sunday"] },
        },
        External = [new("rain", ExternalSource.Period) { Lag = 1, Mean = 2.5, Scale = 0.1 }, new("income", ExternalSource.Cell) { Mean = -3, Scale = 7 }],
        Horizon = 2,
        Classes = ["severe", "any"],
        Grid = GridMode.Fixed,
        Border = BorderPolicy.Ignore(2),
        Thresholds = new PercentileTable(["any"], [85, 96], [0.01, 0.1 + 0.2], border: BorderPolicy.Ignore(2)),
        Selection = new ThresholdSelection(ThresholdRule.Miss(0.25),
        [
            new ThresholdCurve { Class = "severe", SelectedIndex = 1,
            Points = [new(s_totals, 0.3f, 0, 0, 0), new(s_totals, 0.1f, 90, 6, 7.5)] },
            new ThresholdCurve { Class = "any", SelectedIndex = 0, Points = [new(s_totals, 0.7f, 20, 8, 9)] },
        ], BorderPolicy.Ignore(2)),
        Calibration = new ModelCalibration(CalibrationMethod.Temperature,
            [new ClassCalibration { Class = "severe", Slope = 1.25, Shift = -0.1 }, new ClassCalibration { Class = "any", Slope = 0.9, Shift = 0 }]),
        HistoryFrom = new(2008, 5, 4),
        Training = new DaySpan(new(2009, 1, 1), new(2014, 12, 31)),
        Validation = new DaySpan(new(2015, 1, 1), new(2015, 12, 31)),
        DataFingerprint = new string('a', 63) + "0",
        Seed = long.MaxValue,
        LibraryVersion = "9.8.7",
        CreatedBy = "hotspot fit --incidents a.csv",
        Origin = new ModelOrigin
        {
            Name = "elsewhere",
            Training = new DaySpan(new(2001, 2, 3), new(2004, 5, 6)),
            DataFingerprint = new string('b', 64),
            Levels = [0.5, 1 / 3.0],
        },
    };
}
