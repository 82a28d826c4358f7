using System.Globalization;
using System.Text.Json;
using HotspotInference.Forecasts;
using HotspotInference.Heatmaps;
using HotspotInference.Periods;

namespace HotspotInference.Rendering;

/// <summary>
/// What an interactive map shows, as one compact JSON object: the risk of period after period in 16-bit codes that keep each map's order,
/// and the incidents at their places. A thousand daily maps of 64 x 64 cells take a few megabytes. Not thread-safe.
/// </summary>
public sealed class MapData
{
    /// <summary>The most risks that it takes, over all periods and classes: two bytes are held for each.</summary>
    public const long MostValues = 200_000_000;

    readonly HeatmapSpec _spec;
    readonly PercentileTable? _thresholds;
    readonly BorderPolicy _border;
    readonly MapIncidents _incidents;
    readonly List<(bool IsKnown, bool IsScored)> _periods = [];
    readonly List<ushort[]> _codes = [];
    readonly List<int> _hot = [];
    readonly float[] _inner;
    readonly PeriodRange _span;

    /// <summary>A map without periods.</summary>
    /// <param name="spec">The grid, the cadence and the classes.</param>
    /// <param name="span">The periods that will be added.</param>
    /// <param name="hasRisk">Whether there is a forecast of them, or incidents alone.</param>
    /// <param name="border">The margin of cells that are never hot.</param>
    /// <param name="thresholds">
    /// Percentiles stored from validation, where there are any; used where they were taken with the same margin.
    /// </param>
    /// <exception cref="HotspotException">The margin leaves no cell, or there are more than <see cref="MostValues"/> risks.</exception>
    public MapData(HeatmapSpec spec, PeriodRange span, bool hasRisk, BorderPolicy border = default, PercentileTable? thresholds = null)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (span.Cadence != spec.Cadence)
            throw new ArgumentException($"The periods are of a {span.Cadence}; expected the heat maps' {spec.Cadence}.", nameof(span));
        (int rows, int columns) = border.InnerSize(spec.Grid.Rows, spec.Grid.Columns);
        if (hasRisk && (long)span.Count * spec.MapLength > MostValues)
            throw new HotspotException("map",
                string.Create(CultureInfo.InvariantCulture, $"{span.Count} periods of {spec.MapLength} risks"),
                string.Create(CultureInfo.InvariantCulture, $"at most {MostValues} risks in all"),
                "Show fewer periods (--from, --to).");
        _spec = spec;
        _span = span;
        HasRisk = hasRisk;
        _border = border;
        _thresholds = hasRisk && thresholds?.Border == border ? thresholds : null;
        _inner = new float[rows * columns];
        _incidents = new MapIncidents(spec, span);
    }

    /// <summary>Whether there is a forecast, or incidents alone.</summary>
    public bool HasRisk { get; }

    /// <summary>The title of the page.</summary>
    public string Title { get; init; } = "Incidents";

    /// <summary>Who forecasts; null where nobody does.</summary>
    public string? Forecaster { get; init; }

    /// <summary>
    /// Incidents of the span that lie outside the area, or are of kinds that the classes leave out: they are not on the map.
    /// </summary>
    public int NotShown => _incidents.NotShown;

    /// <summary>Incidents on the map.</summary>
    public int Shown => _incidents.Count;

    /// <summary>Adds the next period of the span.</summary>
    /// <param name="risk"><c>[class, row, column]</c>: probabilities; empty without a forecast.</param>
    /// <param name="isKnown">Whether it is over, so that its incidents are known.</param>
    /// <param name="isScored">Whether it counts in hit rates: it has data and is not left out.</param>
    /// <exception cref="ArgumentException">The risk has another length.</exception>
    /// <exception cref="HotspotException">A risk is no probability.</exception>
    /// <exception cref="InvalidOperationException">All periods of the span were added.</exception>
    public void AddPeriod(ReadOnlySpan<float> risk, bool isKnown, bool isScored)
    {
        if (_periods.Count == _span.Count)
            throw new InvalidOperationException($"The span has {_span.Count} periods, and all were added.");
        Guard.Length(risk.Length, HasRisk ? _spec.MapLength : 0, "classes x rows x columns, where there is a forecast", nameof(risk));
        Guard.Probabilities(risk, _spec.Kinds.Classes, _spec.Grid);
        _periods.Add((isKnown, isScored && isKnown));
        if (!HasRisk)
            return;
        int cells = _spec.Grid.CellCount;
        var codes = new ushort[risk.Length];
        for (int c = 0; c < _spec.Kinds.Classes.Count; c++)
        {
            ReadOnlySpan<float> map = risk.Slice(c * cells, cells);
            RiskCodes.Encode(map, codes.AsSpan(c * cells, cells));
            CountHot(map, c);
        }
        _codes.Add(codes);
    }

    /// <summary>Adds what happened. Incidents outside the area and the span, and of other kinds, are left out.</summary>
    public void AddIncidents(IEnumerable<Incident> incidents)
    {
        ArgumentNullException.ThrowIfNull(incidents);
        foreach (Incident incident in incidents)
            _incidents.Add(incident);
    }

    /// <summary>Writes the JSON object. It holds no character that ends a script element of HTML.</summary>
    /// <param name="stream">Receives UTF-8.</param>
    /// <exception cref="InvalidOperationException">Not every period of the span was added.</exception>
    public void Write(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (_periods.Count != _span.Count)
            throw new InvalidOperationException($"{_periods.Count} of {_span.Count} periods were added.");
        using var writer = new Utf8JsonWriter(stream);
        writer.WriteStartObject();
        writer.WriteString("title", Title);
        writer.WriteString("forecaster", Forecaster);
        writer.WriteString("cadence", _spec.Cadence.ToString());
        WriteGrid(writer);
        writer.WriteNumber("margin", _border.MarginCells);
        WriteStrings(writer, "classes", _spec.Kinds.Classes);
        WriteStrings(writer, "starts", Enumerable.Range(0, _span.Count + 1).Select(i => Text(_span.Cadence.StartOf(_span.First + i))));
        writer.WriteStartArray("flags");
        foreach ((bool isKnown, bool isScored) in _periods)
            writer.WriteNumberValue((isKnown ? 1 : 0) + (isScored ? 2 : 0));
        writer.WriteEndArray();
        if (HasRisk)
            WriteRisk(writer);
        if (_thresholds is not null)
            WriteThresholds(writer, _thresholds);
        _incidents.Write(writer);
        writer.WriteEndObject();
    }

    void CountHot(ReadOnlySpan<float> map, int classIndex)
    {
        if (_thresholds is null)
            return;
        _border.CopyInner(map, _spec.Grid.Rows, _spec.Grid.Columns, _inner);
        foreach (double percentile in _thresholds.Percentiles)
        {
            // A class that the table lacks has no hot cell by it.
            double value = _thresholds.TryGet(_spec.Kinds.Classes[classIndex], percentile, out RiskThreshold threshold)
                ? threshold.Value : 1;
            _hot.Add(_inner.Count(risk => risk > value));
        }
    }

    void WriteGrid(Utf8JsonWriter writer)
    {
        GridSpec grid = _spec.Grid;
        writer.WriteStartObject("grid");
        writer.WriteNumber("south", grid.Bounds.South);
        writer.WriteNumber("west", grid.Bounds.West);
        writer.WriteNumber("north", grid.Bounds.North);
        writer.WriteNumber("east", grid.Bounds.East);
        writer.WriteNumber("rows", grid.Rows);
        writer.WriteNumber("columns", grid.Columns);
        writer.WriteNumber("cellHeightMeters", Math.Round(grid.CellHeightMeters, 1));
        writer.WriteNumber("cellWidthMeters", Math.Round(grid.CellWidthMeters, 1));
        writer.WriteEndObject();
    }

    // One block a class, [plane, period, cell]: the low bytes of what each code differs by from the period before, then the high ones.
    void WriteRisk(Utf8JsonWriter writer)
    {
        int cells = _spec.Grid.CellCount, values = _span.Count * cells;
        writer.WriteStartObject("scale");
        writer.WriteNumber("lowest", RiskCodes.Lowest);
        writer.WriteNumber("step", RiskCodes.Step);
        writer.WriteEndObject();
        writer.WriteStartArray("risk");
        var planes = new byte[2 * values];
        for (int c = 0; c < _spec.Kinds.Classes.Count; c++)
        {
            for (int i = 0; i < values; i++)
            {
                (int period, int at) = (i / cells, c * cells + i % cells);
                int difference = _codes[period][at] - (period == 0 ? 0 : _codes[period - 1][at]);
                planes[i] = (byte)difference;
                planes[values + i] = (byte)(difference >> 8);
            }
            writer.WriteBase64StringValue(MapBlock.Pack(planes));
        }
        writer.WriteEndArray();
    }

    // How many cells are above each stored threshold, [period, class, percentile]: which ones follows from their order.
    void WriteThresholds(Utf8JsonWriter writer, PercentileTable thresholds)
    {
        writer.WriteStartObject("thresholds");
        writer.WriteString("source", thresholds.Source.ToString().ToLowerInvariant());
        writer.WriteStartArray("percentiles");
        foreach (double percentile in thresholds.Percentiles)
            writer.WriteNumberValue(percentile);
        writer.WriteEndArray();
        writer.WriteBase64String("hot", MapBlock.Pack(MapBlock.Bytes<int>([.. _hot])));
        writer.WriteEndObject();
    }

    internal static void WriteStrings(Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (string value in values)
            writer.WriteStringValue(value);
        writer.WriteEndArray();
    }

    static string Text(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);
}
