using System.Globalization;
using HotspotInference.Heatmaps;

namespace HotspotInference.Features;

/// <summary>
/// Features of other origin than incidents, for the model input <c>external</c>: a table of periods (weather, holidays) and one of cells
/// (population, income, the distance to a place), joined by the names of their columns. Immutable, so that threads may share it.
/// </summary>
/// <remarks>
/// A value must be known before the period begins that it helps to forecast. Holidays are, and a weather forecast made the day before;
/// the weather
/// that was measured on the day is not: take it with a <see cref="ExternalFeature.Lag"/> of at least the horizon. The tables cannot tell.
/// </remarks>
public sealed class ExternalFeatures
{
    readonly ExternalPeriods? _periods;
    readonly ExternalCells? _cells;
    readonly Dictionary<string, int> _positions = new(StringComparer.Ordinal);

    /// <summary>Joins tables.</summary>
    /// <param name="heatmaps">The grid and the periods that they are for.</param>
    /// <param name="periods">The features of periods; null for none.</param>
    /// <param name="cells">The features of cells; null for none.</param>
    /// <exception cref="HotspotException">
    /// A row of <paramref name="periods"/> begins no period, <paramref name="cells"/> is for another grid, or both have a name.
    /// </exception>
    public ExternalFeatures(HeatmapSpec heatmaps, ExternalPeriods? periods = null, ExternalCells? cells = null)
    {
        ArgumentNullException.ThrowIfNull(heatmaps);
        periods?.Check(heatmaps.Cadence);
        if (cells is not null && cells.Grid != heatmaps.Grid)
            throw new HotspotException("external features of cells", $"those of {cells.Grid}",
                $"the grid of the heat maps, {heatmaps.Grid}",
                "Read the table for this grid.");
        string[] both = [.. (periods?.Names ?? []).Intersect(cells?.Names ?? [])];
        if (both.Length > 0)
            throw new HotspotException("external features", $"'{both[0]}' for periods and for cells", "each name once",
                "Rename one of the columns.");
        (Heatmaps, _periods, _cells) = (heatmaps, periods, cells);
        foreach (IReadOnlyList<string> names in (ReadOnlySpan<IReadOnlyList<string>>)[periods?.Names ?? [], cells?.Names ?? []])
        {
            for (int i = 0; i < names.Count; i++)
                _positions.Add(names[i], i);
        }
    }

    /// <summary>The grid and the periods that they are for.</summary>
    public HeatmapSpec Heatmaps { get; }

    /// <summary>The names of all features, those of periods first.</summary>
    public IReadOnlyList<string> Names => [.. _periods?.Names ?? [], .. _cells?.Names ?? []];

    /// <summary>Reads both tables.</summary>
    /// <param name="heatmaps">The grid and the periods that they are for.</param>
    /// <param name="periods">The file of <see cref="ExternalPeriods.Load"/>; null for none.</param>
    /// <param name="cells">The file of <see cref="ExternalCells.Load"/>; null for none.</param>
    /// <exception cref="HotspotException">As for the constructor and for reading either.</exception>
    public static ExternalFeatures Load(HeatmapSpec heatmaps, string? periods = null, string? cells = null)
    {
        ArgumentNullException.ThrowIfNull(heatmaps);
        return new ExternalFeatures(heatmaps, periods is null ? null : ExternalPeriods.Load(periods),
            cells is null ? null : ExternalCells.Load(cells, heatmaps.Grid));
    }

    /// <summary>All features, standardised by the periods that are learnt and by the cells: what a model is to carry.</summary>
    /// <param name="targets">The periods that are learnt. Nothing of any other is looked at.</param>
    /// <param name="lag">How many periods before its target a value of the periods' table is taken from.</param>
    /// <exception cref="HotspotException">A target's row is missing, or a feature is the same everywhere or always.</exception>
    public IReadOnlyList<ExternalFeature> Standardized(IEnumerable<long> targets, int lag = 0)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentOutOfRangeException.ThrowIfNegative(lag);
        ExternalFeature[] periods = [.. _periods?.Names.Select(name =>
            new ExternalFeature(name, ExternalSource.Period) { Lag = lag }) ?? []];
        double[][] rows = periods.Length == 0 ? [] : [.. targets.Select(target => Row(periods, target, lag))];
        return
        [
            .. periods.Select((feature, i) => Standardize(feature, [.. rows.Select(row => row[i])], "in every period to learn")),
            .. _cells?.Names.Select((name, i) => Standardize(new ExternalFeature(name, ExternalSource.Cell),
                [.. Enumerable.Range(0, Heatmaps.Grid.CellCount).Select(cell => _cells.Value(cell, i))], "in every cell")) ?? [],
        ];
    }

    /// <summary>Writes the features for a period, for the model input <c>external</c>: as they stand in the tables.</summary>
    /// <param name="features">The features that a model wants.</param>
    /// <param name="period">The number of the period that is forecast.</param>
    /// <param name="values">Receives <c>[feature, row, column]</c>.</param>
    /// <exception cref="HotspotException">A feature is in neither table, or has no value for the period.</exception>
    /// <exception cref="ArgumentException"><paramref name="values"/> has another length.</exception>
    public void CopyTo(IReadOnlyList<ExternalFeature> features, long period, Span<float> values)
    {
        ArgumentNullException.ThrowIfNull(features);
        int cells = Heatmaps.Grid.CellCount;
        if (values.Length != features.Count * cells)
            throw new ArgumentException(
                $"The span has {values.Length} elements; expected features x rows x columns = {features.Count * cells}.", nameof(values));
        CheckNamed(features, period);
        for (int i = 0; i < features.Count; i++)
        {
            ExternalFeature feature = features[i];
            Span<float> map = values.Slice(i * cells, cells);
            int position = _positions[feature.Name];
            if (feature.Source == ExternalSource.Period)
                map.Fill((float)Row(features, period, feature.Lag)[position]);
            else
            {
                for (int cell = 0; cell < cells; cell++)
                    map[cell] = (float)_cells!.Value(cell, position);
            }
        }
    }

    internal static void CheckNames(IReadOnlyList<string> names, string parameter)
    {
        ArgumentNullException.ThrowIfNull(names, parameter);
        if (names.Any(string.IsNullOrWhiteSpace) || names.Distinct(StringComparer.Ordinal).Count() != names.Count)
            throw new ArgumentException("A name is empty or there twice.", parameter);
    }

    void CheckNamed(IReadOnlyList<ExternalFeature> features, long period)
    {
        ExternalFeature[] missing = [.. features.Where(feature =>
            !((feature.Source == ExternalSource.Period ? _periods?.Names : _cells?.Names) ?? []).Contains(feature.Name))];
        if (missing.Length > 0)
            throw new HotspotException("external features",
                $"{(Names.Count > 0 ? string.Join(", ", Names) : "none")}, to forecast {Start(period)}",
                $"also {string.Join<ExternalFeature>(", ", missing)}",
                "Add the columns, with these names, to the table of periods or of cells.");
    }

    double[] Row(IReadOnlyList<ExternalFeature> features, long period, int lag) => _periods?.Row(Heatmaps.Cadence, period - lag)
        ?? throw new HotspotException(_periods?.Subject ?? "external features",
            $"no row for {Start(period - lag)}, to forecast {Start(period)}",
            $"one with {string.Join(", ", features.Where(feature => feature.Source == ExternalSource.Period && feature.Lag == lag))}",
            "Add the period to the table: a value that is not known is not made up.");

    string Start(long period) => ExternalPeriods.Text(Heatmaps.Cadence.StartOf(period));

    static ExternalFeature Standardize(ExternalFeature feature, double[] values, string where)
    {
        double mean = values.Average(), scale = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        // Beside rounding a feature that never changes has no spread.
        return scale > 1e-9 * Math.Max(1e-20, Math.Abs(mean)) ? feature with { Mean = mean, Scale = scale }
            : throw new HotspotException($"external feature '{feature.Name}'",
                string.Create(CultureInfo.InvariantCulture, $"the value {values[0]} {where}"), "values that differ",
                    "Leave the column out.");
    }
}
