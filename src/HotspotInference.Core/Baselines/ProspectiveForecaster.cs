using HotspotInference.Features;
using HotspotInference.Heatmaps;

namespace HotspotInference.Baselines;

/// <summary>
/// Prospective hot-spotting (Bowers, Johnson and Pease 2004): every incident of the last two months within 400 m of a cell's centre adds
/// <c>1 / (1 + whole weeks since) x 1 / (1 + whole half cell widths away)</c> to its score. Incidents lie in the centre of their cell; half
/// a cell's width is that of the mean of its sides. The score is scaled to incidents, which leaves the order of cells as published.
/// Immutable and thread-safe.
/// </summary>
public sealed class ProspectiveForecaster : IntensityForecaster
{
    // A distance of exactly so many half cells is one of them, whatever the rounding.
    const double Rounding = 1e-6;

    // Cells within reach: rows and columns away, and their weight.
    readonly (int Rows, int Columns, double Weight)[] _reach;
    readonly ScaleAndFloor[] _fits;

    internal ProspectiveForecaster(string name, HeatmapSpec heatmaps, double bandwidthMeters, double windowDays, ScaleAndFloor[] fits)
        : base(name, heatmaps, new FeatureSpec
        {
            Maps = new MapWindowSpec
            {
                Lags = MapWindowSpec.LastPeriods(Math.Max(1, (int)(windowDays / heatmaps.Cadence.Days))),
                Channels = heatmaps.Kinds.Classes,
                BinaryThreshold = null,
            },
        })
    {
        (BandwidthMeters, WindowDays, _fits) = (bandwidthMeters, windowDays, fits);
        _reach = [.. Reach(heatmaps.Grid, bandwidthMeters)];
    }

    /// <summary>How far an incident reaches, metres between the centres of cells.</summary>
    public double BandwidthMeters { get; }

    /// <summary>How long an incident counts, days from its period's start to the start of the period that is forecast.</summary>
    public double WindowDays { get; }

    /// <summary>Incidents expected for each unit of score, by class.</summary>
    public IReadOnlyList<double> Scales => [.. _fits.Select(fit => fit.Scale)];

    /// <summary>Incidents expected in every cell and period whatever the score, by class.</summary>
    public IReadOnlyList<double> Floors => [.. _fits.Select(fit => fit.Floor)];

    /// <summary>The published score, not scaled.</summary>
    /// <param name="city">The state.</param>
    /// <param name="horizon">How many periods ahead, at least 1: incidents are that much older then.</param>
    /// <param name="scores">Receives <c>[class, row, column]</c>.</param>
    internal void Score(CityState city, int horizon, Span<float> scores)
    {
        GridSpec grid = Heatmaps.Grid;
        scores.Clear();
        DateTime target = Heatmaps.Cadence.StartOf(city.NextPeriod + horizon - 1);
        foreach (int lag in Features.Maps!.Lags)
        {
            if (!city.TryGetMap(lag, out ReadOnlySpan<HeatmapEntry> entries))
                continue;
            double days = (target - Heatmaps.Cadence.StartOf(city.NextPeriod - lag)).TotalDays;
            if (days > WindowDays)
                continue;
            double fresh = 1 / (1 + Math.Floor(days / 7));
            foreach (HeatmapEntry entry in entries)
            {
                (int line, int column) = Math.DivRem(entry.Index, grid.Columns);
                int row = line % grid.Rows;
                foreach ((int rows, int columns, double near) in _reach)
                {
                    if ((uint)(row + rows) < (uint)grid.Rows && (uint)(column + columns) < (uint)grid.Columns)
                        scores[(line + rows) * grid.Columns + column + columns] += (float)(entry.Count * fresh * near);
                }
            }
        }
    }

    private protected override void Expect(CityState city, int horizon, Span<float> intensity)
    {
        Score(city, horizon, intensity);
        int cells = Heatmaps.Grid.CellCount;
        for (int i = 0; i < intensity.Length; i++)
        {
            ScaleAndFloor fit = _fits[i / cells];
            intensity[i] = (float)(fit.Scale * intensity[i] + fit.Floor);
        }
    }

    static IEnumerable<(int, int, double)> Reach(GridSpec grid, double bandwidth)
    {
        double height = grid.CellHeightMeters, width = grid.CellWidthMeters, half = (height + width) / 4;
        int rows = (int)Math.Min(grid.Rows - 1, bandwidth / height + Rounding),
            columns = (int)Math.Min(grid.Columns - 1, bandwidth / width + Rounding);
        for (int r = -rows; r <= rows; r++)
        {
            for (int c = -columns; c <= columns; c++)
            {
                double distance = Math.Sqrt(r * height * r * height + c * width * c * width);
                if (distance <= bandwidth * (1 + Rounding))
                    yield return (r, c, 1 / (1 + Math.Floor(distance / half + Rounding)));
            }
        }
    }
}
