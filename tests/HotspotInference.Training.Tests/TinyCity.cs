using HotspotInference.Features;
using HotspotInference.Grids;
using HotspotInference.Heatmaps;
using HotspotInference.Incidents;
using HotspotInference.Periods;
using HotspotInference.Prediction;
using HotspotInference.Training.Architectures;
using HotspotInference.Training.Data;
using TorchSharp;

namespace HotspotInference.Training.Tests;

/// <summary>A small city whose incidents follow a pattern, and what a training of it needs.</summary>
sealed class TinyCity
{
    static readonly DateOnly s_start = new(2020, 1, 1);

    TinyCity(HeatmapSeries series, int steps, float? binaryThreshold)
    {
        Series = series;
        Window = new MapWindowSpec { Lags = MapWindowSpec.LastPeriods(steps), Channels = series.Spec.Kinds.Classes, BinaryThreshold = binaryThreshold };
        Windows = new HeatmapWindows(series, Window);
        Shape = new NetworkShape(steps, Window.Channels.Count, series.Spec.Kinds.Classes.Count, series.Spec.Grid.Rows, series.Spec.Grid.Columns);
    }

    public HeatmapSeries Series { get; }

    public MapWindowSpec Window { get; }

    public HeatmapWindows Windows { get; }

    public NetworkShape Shape { get; }

    /// <summary>
    /// Every third diagonal has incidents, and each day they move one cell to the east: the next map follows from the last.
    /// </summary>
    public static TinyCity Moving(int days = 60, int rows = 6, int columns = 6, int steps = 4) => new(Build(rows, columns, days,
        (day, row) => Enumerable.Range(0, columns).Where(column => (column + row + 2 * day) % 3 == 0)), steps, 1);

    /// <summary>Incidents fall at random, a class in each half, more often in some cells than in others.</summary>
    public static TinyCity Random(int days = 300, int rows = 8, int columns = 7, int steps = 4, float? binaryThreshold = 1)
    {
        var random = new Random(3);
        return new(Build(rows, columns, days, (_, row) =>
            Enumerable.Range(0, columns).Where(column => random.NextDouble() < (row == 2 || column == 3 ? 0.15 : 0.01))), steps, binaryThreshold);
    }

    /// <summary>The moving diagonals, of two kinds: <c>a</c> in the western half and <c>b</c> in the eastern.</summary>
    public static TinyCity OfTwoKinds(int days = 60, int rows = 6, int columns = 6, int steps = 4) => new(Build(rows, columns, days,
        (day, row) => Enumerable.Range(0, columns).Where(column => (column + row + 2 * day) % 3 == 0), column => column < columns / 2 ? "a" : "b"), steps, 1);

    public WindowSet Set(int first, int count) =>
        new(Windows, [.. Enumerable.Range(first, count).Select(day => Series.Periods.First + Shape.Steps + day)], Shape);

    public Network Network(params (string, string)[] settings) => NetworkOf("convlstm", settings);

    public Network NetworkOf(string name, params (string, string)[] settings)
    {
        torch.manual_seed(7);
        Architecture architecture = ArchitectureRegistry.Find(name);
        return architecture.Create(Shape, new ArchitectureSettings(architecture, settings));
    }

    public ModelMetadata Metadata => new()
    {
        Architecture = "convlstm",
        Name = "tiny",
        Heatmaps = Series.Spec,
        Features = new FeatureSpec { Maps = Window },
        Classes = Series.Spec.Kinds.Classes,
    };

    public CrossEntropyObjective CrossEntropy(double positive = 1) => new(Set(0, 20).Rates().BaseRates, [.. Series.Spec.Kinds.Classes.Select(_ => (positive, 1.0))]);

    static HeatmapSeries Build(int rows, int columns, int days, Func<int, int, IEnumerable<int>> columnsOf,
        Func<int, string>? kindOf = null)
    {
        var spec = new HeatmapSpec
        {
            Grid = new GridSpec(new GeoBounds(0, 0, rows, columns), rows, columns),
            Kinds = kindOf is null ? KindEncoding.Any : KindEncoding.Of("a", "b"),
        };
        var builder = new HeatmapBuilder(spec, PeriodRange.Days(Cadence.Day, s_start, s_start.AddDays(days - 1)));
        for (int day = 0; day < days; day++)
        {
            for (int row = 0; row < rows; row++)
            {
                foreach (int column in columnsOf(day, row))
                    builder.Add(new Incident(s_start.AddDays(day).ToDateTime(new TimeOnly(12, 0)), rows - row - 0.5, column + 0.5,
                        kindOf?.Invoke(column)));
            }
        }
        return builder.Build();
    }
}
