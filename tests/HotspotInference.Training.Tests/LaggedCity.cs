using HotspotInference.Features;
using HotspotInference.Grids;
using HotspotInference.Heatmaps;
using HotspotInference.Periods;
using HotspotInference.Prediction;
using HotspotInference.Training.Architectures;
using HotspotInference.Training.Data;
using TorchSharp;

namespace HotspotInference.Training.Tests;

/// <summary>
/// A small city for an architecture that says itself which lags its window has and which features of the calendar it sees.
/// </summary>
sealed class LaggedCity
{
    static readonly DateOnly s_start = new(2020, 1, 1);

    readonly Architecture _architecture;
    readonly ArchitectureSettings _settings;
    readonly FeatureSpec _features;
    readonly HeatmapSeries _series;
    readonly HeatmapWindows _windows;

    /// <summary>Incidents fall on each day in the cells that <paramref name="happens"/> names.</summary>
    public LaggedCity(string architecture, string settings, int days, int rows, int columns, Func<int, int, int, bool> happens, int window = 4,
        int horizon = 1)
    {
        _architecture = ArchitectureRegistry.Find(architecture);
        _settings = new ArchitectureSettings(_architecture, settings.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(setting => (setting.Split('=')[0], setting.Split('=')[1])));
        var spec = new HeatmapSpec { Grid = new GridSpec(new GeoBounds(0, 0, rows, columns), rows, columns) };
        var builder = new HeatmapBuilder(spec, PeriodRange.Days(Cadence.Day, s_start, s_start.AddDays(days - 1)));
        for (int day = 0; day < days; day++)
        {
            for (int row = 0; row < rows; row++)
            {
                for (int column = 0; column < columns; column++)
                {
                    if (happens(day, row, column))
                        builder.Add(new Incident(s_start.AddDays(day).ToDateTime(new TimeOnly(12, 0)), rows - row - 0.5, column + 0.5));
                }
            }
        }
        _series = builder.Build();
        Lags = _architecture.Lags(_settings, window, horizon);
        _features = new FeatureSpec
        {
            Maps = new MapWindowSpec { Lags = Lags, Channels = spec.Kinds.Classes, BinaryThreshold = null },
            Calendar = _architecture.Calendar(_settings, Cadence.Day, days),
        };
        _windows = new HeatmapWindows(_series, _features.Maps, horizon);
        Shape = new NetworkShape(Lags.Count, 1, 1, rows, columns) { CalendarFeatures = _features.Calendar?.Features.Count ?? 0 };
    }

    public static LaggedCity Random(string architecture, string settings, int rows = 9, int columns = 8, int window = 4)
    {
        var random = new Random(3);
        return new LaggedCity(architecture, settings, 160, rows, columns, (_, _, _) => random.NextDouble() < 0.2, window);
    }

    public IReadOnlyList<int> Lags { get; }

    public NetworkShape Shape { get; }

    public HeatmapSeries Series => _series;

    public ModelMetadata Metadata => new()
    {
        Architecture = _architecture.Name,
        Name = "tiny",
        Heatmaps = _series.Spec,
        Features = _features,
        Classes = _series.Spec.Kinds.Classes,
    };

    /// <summary>Windows of targets, from one that has a whole window before it.</summary>
    public WindowSet Set(int first, int count) => Set(Enumerable.Range(Lags[0] + first, count));

    /// <summary>Windows of the days given, counted from the first of the city.</summary>
    public WindowSet Set(IEnumerable<int> days)
    {
        long[] targets = [.. days.Select(day => _series.Periods.First + day)];
        return new WindowSet(_windows, targets, Shape, _features.Calendar is null ? null : new HistorySamples(_series, _features, targets));
    }

    /// <param name="shape">Other sizes than the city's; null for its own.</param>
    public Network Network(NetworkShape? shape = null)
    {
        torch.manual_seed(7);
        return _architecture.Create(shape ?? Shape, _settings);
    }
}
