using HotspotInference.Features;
using HotspotInference.Grids;
using HotspotInference.Heatmaps;
using HotspotInference.Incidents;
using HotspotInference.Onnx.History;
using HotspotInference.Periods;
using HotspotInference.Prediction;
using HotspotInference.Training.Architectures;
using HotspotInference.Training.Data;
using TorchSharp;

namespace HotspotInference.Training.Tests;

/// <summary>
/// A small city of one class or several, with the occurrence model of some of its days, from which <c>hotspotnet</c> starts.
/// </summary>
sealed class HotspotNetCity
{
    /// <summary>Days before the first that is learnt.</summary>
    public const int WarmUp = 30;

    static readonly DateOnly s_start = new(2020, 1, 1);

    readonly int _horizon;

    public HotspotNetCity(HeatmapSeries series, int learnt, FeatureSpec? features = null, int steps = 3, int horizon = 1)
    {
        IReadOnlyList<string> classes = series.Spec.Kinds.Classes;
        var history = new HistorySpec { HalfLives = [2, 8, 30], Smoothings = [0, 1.2], Channels = classes };
        FeatureSpec rates = features ?? new FeatureSpec
        {
            History = history with { More = [history with { HalfLives = [14], BinaryThreshold = 1 }] },
            Calendar = new CalendarSpec { Features = ["total_7", "saturday"] },
        };
        Series = series;
        _horizon = horizon;
        Features = rates with { Maps = new MapWindowSpec { Lags = MapWindowSpec.LastPeriods(steps, horizon), Channels = classes } };
        Windows = new HeatmapWindows(series, Features.Maps, horizon);
        Shape = new NetworkShape(steps, classes.Count, classes.Count, series.Spec.Grid.Rows, series.Spec.Grid.Columns);
        Fit = HistoryModelFitter.Fit(series, rates, new PeriodRange(Cadence.Day, series.Periods.First + WarmUp, learnt),
            HistoryLikelihood.Occurrence);
        Start = new HistoryStart(rates, Fit.Parameters, Fit.LevelShifts);
    }

    public HeatmapSeries Series { get; }

    /// <summary>Maps, history and calendar.</summary>
    public FeatureSpec Features { get; }

    public HeatmapWindows Windows { get; }

    public NetworkShape Shape { get; }

    public HistoryModelFit Fit { get; }

    public HistoryStart Start { get; }

    /// <summary>
    /// Incidents fall at random, up to three at once, more often in some cells than in others, and each kind most in a row of its own.
    /// </summary>
    public static HotspotNetCity Random(int kinds = 0, int rows = 7, int columns = 6, int days = 150,
        FeatureSpec? features = null, int horizon = 1)
    {
        var random = new Random(5);
        return new HotspotNetCity(Build(rows, columns, days, kinds, (_, row, column, kind) =>
            random.NextDouble() < (row == 2 + kind ? 0.25 : column == 3 ? 0.15 : 0.02) ? 1 + random.Next(3) : 0), learnt: 80,
                features, horizon: horizon);
    }

    /// <summary>
    /// Every third diagonal has incidents, and each day they move one cell to the east. Rates have almost nothing of it: they never say
    /// that a cell with incidents yesterday has none today.
    /// </summary>
    public static HotspotNetCity Moving() =>
        new(Build(6, 6, 130, 0, (day, row, column, _) => (column + row + 2 * day) % 3 == 0 ? 1 : 0), learnt: 60);

    /// <summary>Some targets, with the rates that a network looks at or, without one, all.</summary>
    public WindowSet Set(int first, int count, Network? network = null)
    {
        long[] targets = [.. Enumerable.Range(first, count).Select(day => Series.Periods.First + day)];
        return new WindowSet(Windows, targets, Shape, new HistorySamples(Series, Features, targets, _horizon, network?.HistoryFeatures));
    }

    public Network Network(params (string, string)[] settings)
    {
        torch.manual_seed(7);
        Architecture architecture = ArchitectureRegistry.Find("hotspotnet");
        return architecture.Create(Shape, new ArchitectureSettings(architecture, [("hidden", "3"), ("width", "5"), .. settings]), Start);
    }

    public OccurrenceObjective Objective() => new(Set(WarmUp, 80).Rates().BaseRates);

    public ModelMetadata Metadata => new()
    {
        Architecture = "hotspotnet",
        Name = "small",
        Heatmaps = Series.Spec,
        Features = Features,
        Classes = Series.Spec.Kinds.Classes,
    };

    /// <summary>Heat maps of counts by day, row, column and kind.</summary>
    public static HeatmapSeries Build(int rows, int columns, int days, int kinds, Func<int, int, int, int, int> count)
    {
        string[] names = [.. Enumerable.Range(0, kinds).Select(kind => $"kind{kind}")];
        var spec = new HeatmapSpec
        {
            Grid = new GridSpec(new GeoBounds(0, 0, rows, columns), rows, columns),
            Kinds = kinds == 0 ? KindEncoding.Any : KindEncoding.Of(names),
        };
        var builder = new HeatmapBuilder(spec, PeriodRange.Days(Cadence.Day, s_start, s_start.AddDays(days - 1)));
        for (int i = 0; i < days * rows * columns * Math.Max(1, kinds); i++)
        {
            (int cell, int kind) = Math.DivRem(i, Math.Max(1, kinds));
            (int day, int row, int column) = (cell / (rows * columns), cell / columns % rows, cell % columns);
            for (int n = count(day, row, column, kind); n > 0; n--)
                builder.Add(new Incident(s_start.AddDays(day).ToDateTime(new TimeOnly(12, 0)), rows - row - 0.5, column + 0.5,
                    kinds == 0 ? "" : names[kind]));
        }
        return builder.Build();
    }
}
