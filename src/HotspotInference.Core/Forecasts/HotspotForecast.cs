using System.Globalization;
using HotspotInference.Forecasts;
using HotspotInference.Incidents;

namespace HotspotInference;

/// <summary>
/// What is expected of one period: for every class and cell the probability of at least one incident. Immutable and safe to
/// share between threads; it keeps the memory that it is given, which nobody may change afterwards.
/// </summary>
public sealed partial class HotspotForecast
{
    /// <summary>A forecast from its numbers.</summary>
    /// <param name="grid">The study area and its cells.</param>
    /// <param name="classes">The class names, in the order of <paramref name="risk"/>.</param>
    /// <param name="periodStart">Wall-clock start of the period forecast.</param>
    /// <param name="periodEnd">Wall-clock end of the period, exclusive.</param>
    /// <param name="risk"><c>[class, row, column]</c>: probabilities, 0..1. Kept, not copied.</param>
    /// <param name="horizon">How many periods ahead of the last one known: 1 is the next.</param>
    /// <param name="intensity"><c>[class, row, column]</c>: expected counts; empty where the forecaster has none. Kept, not copied.</param>
    /// <param name="thresholds">Percentiles of risk stored from validation, where there are any.</param>
    /// <param name="selection">Thresholds that a rule chose on validation, where there are any.</param>
    /// <param name="kind">
    /// <c>[kind, row, column]</c>: the probability of each kind given an incident; empty where the forecaster has none. Kept, not copied.
    /// </param>
    /// <param name="kinds">The names of these kinds; the classes but the last, <c>any</c>, where null.</param>
    /// <exception cref="ArgumentException">A length does not fit, the period is empty or the horizon is below 1.</exception>
    /// <exception cref="HotspotException">A risk is no probability, or those of the kinds do not sum to 1.</exception>
    public HotspotForecast(GridSpec grid, IReadOnlyList<string> classes, DateTime periodStart, DateTime periodEnd,
        ReadOnlyMemory<float> risk, int horizon = 1, ReadOnlyMemory<float> intensity = default, PercentileTable? thresholds = null,
        ThresholdSelection? selection = null, ReadOnlyMemory<float> kind = default,
        IReadOnlyList<string>? kinds = null)
    {
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(periodEnd, periodStart);
        Guard.Length(risk.Length, classes.Count * grid.CellCount, "classes x rows x columns", nameof(risk));
        if (!intensity.IsEmpty)
            Guard.Length(intensity.Length, risk.Length, "classes x rows x columns", nameof(intensity));
        Guard.Probabilities(risk.Span, classes, grid);
        Kinds = kind.IsEmpty ? [] : kinds ?? [.. classes.SkipLast(1)];
        CheckKinds(kind.Span, Kinds.Count, grid);
        Grid = grid;
        Classes = classes;
        PeriodStart = periodStart;
        PeriodEnd = periodEnd;
        Risk = risk;
        Horizon = horizon;
        Intensity = intensity;
        Thresholds = thresholds;
        Selection = selection;
        Kind = kind;
    }

    /// <summary>The study area and its cells.</summary>
    public GridSpec Grid { get; }

    /// <summary>The class names, in the order of <see cref="Risk"/>.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>Wall-clock start of the period forecast.</summary>
    public DateTime PeriodStart { get; }

    /// <summary>Wall-clock end of the period, exclusive.</summary>
    public DateTime PeriodEnd { get; }

    /// <summary>How many periods ahead of the last one known: 1 is the next.</summary>
    public int Horizon { get; }

    /// <summary><c>[class, row, column]</c>: the probability of at least one incident in the cell in the period, 0..1.</summary>
    public ReadOnlyMemory<float> Risk { get; }

    /// <summary><c>[class, row, column]</c>: expected incidents; empty where the forecaster has no such output.</summary>
    public ReadOnlyMemory<float> Intensity { get; }

    /// <summary>Percentiles of risk stored from validation; null where the forecaster has none.</summary>
    public PercentileTable? Thresholds { get; }

    /// <summary>Thresholds that a rule chose on validation; null where the forecaster has none.</summary>
    public ThresholdSelection? Selection { get; }

    /// <summary>The class that is meant where none is named: <c>any</c>, or the only one.</summary>
    /// <exception cref="HotspotException">There are several classes and none is <c>any</c>.</exception>
    public string DefaultClass => ResolveClass(null).Name;

    /// <summary>The risk at a point.</summary>
    /// <param name="latitude">WGS84 degrees.</param>
    /// <param name="longitude">WGS84 degrees.</param>
    /// <param name="className">The class; <see cref="DefaultClass"/> where null.</param>
    /// <exception cref="HotspotException">The point is outside the study area, or there is no such class.</exception>
    public double RiskAt(double latitude, double longitude, string? className = null) =>
        TryRiskAt(latitude, longitude, out double risk, className)
            ? risk
            : throw Outside(latitude, longitude);

    /// <summary>The risk at a point that may lie outside the study area.</summary>
    /// <param name="latitude">WGS84 degrees.</param>
    /// <param name="longitude">WGS84 degrees.</param>
    /// <param name="risk">Receives the risk, 0..1; NaN outside.</param>
    /// <param name="className">The class; <see cref="DefaultClass"/> where null.</param>
    /// <returns>False for a point outside the study area.</returns>
    /// <exception cref="HotspotException">There is no such class.</exception>
    public bool TryRiskAt(double latitude, double longitude, out double risk, string? className = null)
    {
        ReadOnlySpan<float> map = RiskMap(className).Span;
        int cell = Grid.CellOf(latitude, longitude);
        risk = cell < 0 ? double.NaN : map[cell];
        return cell >= 0;
    }

    /// <summary>The risk map of one class, <c>[row, column]</c>.</summary>
    /// <param name="className">The class; <see cref="DefaultClass"/> where null.</param>
    /// <exception cref="HotspotException">There is no such class.</exception>
    public ReadOnlyMemory<float> RiskMap(string? className = null) => RiskMap(ResolveClass(className).Index);

    /// <summary>
    /// The cells whose risk is strictly above a percentile: the threshold stored from validation where there is one for this
    /// percentile and border, else taken over this period's map. <see cref="HotspotSelection.Threshold"/> says which.
    /// </summary>
    /// <param name="percentile">0..100: 96 flags about 4% of the study area.</param>
    /// <param name="className">The class; <see cref="DefaultClass"/> where null.</param>
    /// <param name="border">The margin to ignore; by default none.</param>
    /// <exception cref="HotspotException">There is no such class, or the margin leaves no cell.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="percentile"/> is not in 0..100.</exception>
    public HotspotSelection Hotspots(double percentile, string? className = null, BorderPolicy border = default)
    {
        Percentiles.Check(percentile);
        (int index, string name) = ResolveClass(className);
        return Hotspots(Threshold(index, percentile, border), name, border);
    }

    /// <summary>
    /// The cells whose risk is strictly above the threshold of <see cref="Selection"/>, the margin ignored that it was chosen with.
    /// </summary>
    /// <param name="className">The class; <see cref="DefaultClass"/> where null.</param>
    /// <exception cref="HotspotException">There is no such class, or no threshold was chosen for it.</exception>
    public HotspotSelection Hotspots(string? className = null)
    {
        string name = ResolveClass(className).Name;
        return Selection is { } selection && selection.TryGet(name, out RiskThreshold threshold)
            ? Hotspots(threshold, name, selection.Border)
            : throw new HotspotException("threshold", $"none chosen for class '{name}'", "one from validation, stored with the model",
                "Ask for a percentile, or write the model again with a validation span (hotspot fit --threshold-rule).");
    }

    /// <summary>The cells whose risk is strictly above a threshold of the caller's: given, or taken over a batch.</summary>
    /// <param name="threshold">The threshold.</param>
    /// <param name="className">The class; <see cref="DefaultClass"/> where null.</param>
    /// <param name="border">The margin to ignore; by default none.</param>
    /// <exception cref="HotspotException">There is no such class, or the margin leaves no cell.</exception>
    public HotspotSelection Hotspots(RiskThreshold threshold, string? className = null, BorderPolicy border = default)
    {
        (int index, string name) = ResolveClass(className);
        (int innerRows, int innerColumns) = border.InnerSize(Grid.Rows, Grid.Columns);
        ReadOnlySpan<float> risk = RiskMap(index).Span;
        var keys = new ulong[Grid.CellCount];
        RiskOrder.Sort(risk, Grid.Columns, keys);
        var cells = new List<HotspotCell>();
        int ties = 0;
        foreach (ulong key in keys)
        {
            int cell = RiskOrder.Cell(key, Grid.Rows, Grid.Columns);
            (int row, int column) = (cell / Grid.Columns, cell % Grid.Columns);
            if (!border.Keeps(row, column, Grid.Rows, Grid.Columns))
                continue;
            if (risk[cell] > threshold.Value)
                cells.Add(new HotspotCell(row, column, risk[cell]));
            else if (risk[cell] == threshold.Value)
                ties++;
            else
                break;
        }
        return new HotspotSelection
        {
            Class = name,
            Threshold = threshold,
            Cells = cells,
            CellsConsidered = innerRows * innerColumns,
            TiesAtThreshold = ties,
        };
    }

    /// <summary>
    /// The level of every cell. Cut points are found as those of <see cref="Hotspots(double, string?, BorderPolicy)"/>, each
    /// with its source.
    /// </summary>
    /// <param name="className">The class; <see cref="DefaultClass"/> where null.</param>
    /// <param name="percentiles">Four ascending percentiles; <see cref="RiskLevels.DefaultPercentiles"/> where null.</param>
    /// <exception cref="HotspotException">There is no such class.</exception>
    /// <exception cref="ArgumentException">The percentiles are not four in ascending order.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A percentile is not in 0..100.</exception>
    public RiskLevels Levels(string? className = null, IReadOnlyList<double>? percentiles = null)
    {
        percentiles ??= RiskLevels.DefaultPercentiles;
        foreach (double percentile in percentiles)
            Percentiles.Check(percentile);
        if (percentiles.Count != 4 || !percentiles.Zip(percentiles.Skip(1)).All(pair => pair.First < pair.Second))
            throw new ArgumentException($"{string.Join(", ", percentiles.Select(Percentiles.Name))}; expected four ascending percentiles.",
                nameof(percentiles));
        (int index, string name) = ResolveClass(className);
        return new RiskLevels(name, CutPoints(index, percentiles), RiskMap(index).Span, Grid.Columns);
    }

    RiskThreshold[] CutPoints(int index, IReadOnlyList<double> percentiles)
    {
        RiskThreshold[] cuts = [.. percentiles.Select(percentile => Threshold(index, percentile, BorderPolicy.None))];
        // Cut points of different origin need not ascend; one origin for all keeps levels in order.
        return cuts.All(cut => cut.Source == cuts[0].Source)
            ? cuts
            : [.. percentiles.Select(percentile => RiskThreshold.OfPeriod(RiskMap(index).Span, percentile))];
    }

    RiskThreshold Threshold(int index, double percentile, BorderPolicy border)
    {
        if (Thresholds is { } table && table.Border == border && table.TryGet(Classes[index], percentile, out RiskThreshold stored))
            return stored;
        (int rows, int columns) = border.InnerSize(Grid.Rows, Grid.Columns);
        var inner = new float[rows * columns];
        border.CopyInner(RiskMap(index).Span, Grid.Rows, Grid.Columns, inner);
        return RiskThreshold.OfPeriod(inner, percentile);
    }

    HotspotException Outside(double latitude, double longitude) => new("point",
        string.Create(CultureInfo.InvariantCulture, $"{latitude},{longitude}"),
        $"latitude,longitude within {Grid.Bounds} (south,west,north,east)",
        "Check the order of the coordinates, or use TryRiskAt where points outside the study area are usual.");

    ReadOnlyMemory<float> RiskMap(int index) => Risk.Slice(index * Grid.CellCount, Grid.CellCount);

    (int Index, string Name) ResolveClass(string? name)
    {
        string wanted = name ?? (Classes.Count == 1 ? Classes[0] : KindEncoding.AnyClass);
        for (int i = 0; i < Classes.Count; i++)
        {
            if (Classes[i] == wanted)
                return (i, wanted);
        }
        throw new HotspotException("class", name is null ? "none named" : $"'{name}'", $"one of {string.Join(", ", Classes)}",
            "Name one of the forecast's classes.");
    }
}
