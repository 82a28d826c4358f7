using System.Globalization;
using HotspotInference.Heatmaps;

namespace HotspotInference.Trends;

/// <summary>
/// Where incidents gather, and how that changed: Gi* of every cell and step, a trend test of every cell's Gi*, and one of 17 patterns. It
/// describes a span that has ended: every number depends on the whole span, so that nothing here may enter a forecast. Immutable.
/// </summary>
/// <remarks>
/// Cells without any incident in the span (water, parks) are left out of the mean and of every neighbourhood, as ArcGIS Pro leaves them out
/// of a space-time cube.
/// <see href="https://pro.arcgis.com/en/pro-app/latest/tool-reference/space-time-pattern-mining/learnmoreemerging.htm"/> defines the
/// patterns.
/// </remarks>
public sealed class TrendAnalysis
{
    /// <summary>The least number of steps, as in ArcGIS Pro: with fewer a trend test says little.</summary>
    public const int FewestSteps = 10;

    readonly SpaceTimeCube _cube;
    readonly bool[] _isAnalysed;
    readonly double[] _z;
    readonly double[] _p;
    readonly MannKendall[] _trends;
    readonly TrendPattern[] _patterns;

    TrendAnalysis(SpaceTimeCube cube, string className, TrendOptions options)
    {
        int cells = cube.Grid.CellCount;
        (_cube, Class, Options) = (cube, className, options);
        _isAnalysed = new bool[cells];
        for (int i = 0; i < cube.Counts.Length; i++)
            _isAnalysed[i % cells] |= cube.Counts[i] > 0;
        _z = new double[cube.Counts.Length];
        GetisOrd.ZScores(cube.Counts, cube.Grid.Rows, cube.Grid.Columns, _isAnalysed, options.NeighbourCells, options.NeighbourSteps, _z);
        _p = Array.ConvertAll(_z, NormalDistribution.TwoSided);
        LargestSignificant = options.CorrectFalseDiscovery
            ? FalseDiscovery.Threshold([.. _p.Where((_, i) => _isAnalysed[i % cells])], options.Significance)
            : options.Significance;
        (_trends, _patterns) = (new MannKendall[cells], new TrendPattern[cells]);
        var series = new double[cube.Steps.Count];
        var states = new sbyte[cube.Steps.Count];
        for (int cell = 0; cell < cells; cell++)
        {
            for (int step = 0; step < series.Length; step++)
            {
                series[step] = _z[step * cells + cell];
                states[step] = (sbyte)StateOf(step, cell);
            }
            _trends[cell] = MannKendall.Of(series);
            _patterns[cell] = TrendPatterns.Classify(states, _trends[cell].P <= options.Significance ? Math.Sign(_trends[cell].S) : 0);
        }
    }

    /// <summary>The study area and its cells.</summary>
    public GridSpec Grid => _cube.Grid;

    /// <summary>The class of incidents.</summary>
    public string Class { get; }

    /// <summary>How it was made.</summary>
    public TrendOptions Options { get; }

    /// <summary>
    /// The steps in the order of time: the first day, and the day behind the last. Days before the first whole step are left out.
    /// </summary>
    public IReadOnlyList<(DateOnly First, DateOnly End)> Steps => _cube.Steps;

    /// <summary>The largest p-value of a step that counts as significant; below 0 where none does.</summary>
    public double LargestSignificant { get; }

    /// <summary>Each cell's pattern, <c>[row, column]</c>.</summary>
    public ReadOnlySpan<TrendPattern> Patterns => _patterns;

    /// <summary>The trend of each cell's z-scores, <c>[row, column]</c>.</summary>
    public ReadOnlySpan<MannKendall> Trends => _trends;

    /// <summary>Whether each cell had any incident in the span, <c>[row, column]</c>; those that had none are left out.</summary>
    public ReadOnlySpan<bool> IsAnalysed => _isAnalysed;

    /// <summary>The incidents of a step, <c>[row, column]</c>, scaled up where some of its days have no data.</summary>
    public ReadOnlySpan<double> Counts(int step) => StepOf(_cube.Counts, step);

    /// <summary>Gi* of a step, <c>[row, column]</c>; 0 in cells that are left out.</summary>
    public ReadOnlySpan<double> ZScores(int step) => StepOf(_z, step);

    /// <summary>The two-sided p-values of a step's Gi*, <c>[row, column]</c>, uncorrected; 1 in cells that are left out.</summary>
    public ReadOnlySpan<double> PValues(int step) => StepOf(_p, step);

    /// <summary>1 where a cell is significantly hot in a step, -1 where it is significantly cold, else 0.</summary>
    /// <param name="step">Position in <see cref="Steps"/>.</param>
    /// <param name="cell">The row-major index of the cell.</param>
    public int StateOf(int step, int cell) =>
        _isAnalysed[cell] && PValues(step)[cell] <= LargestSignificant ? Math.Sign(ZScores(step)[cell]) : 0;

    /// <summary>How many of the analysed cells show a pattern.</summary>
    public int CountOf(TrendPattern pattern) => Enumerable.Range(0, _patterns.Length)
        .Count(cell => _isAnalysed[cell] && _patterns[cell] == pattern);

    /// <summary>Analyses heat maps.</summary>
    /// <param name="series">Heat maps of a day or less.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="HotspotException">
    /// Periods are longer than a day, there are fewer than <see cref="FewestSteps"/> whole steps, one has no data, there is no such class
    /// or no incident of it.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static TrendAnalysis Run(HeatmapSeries series, TrendOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(series);
        options ??= new TrendOptions();
        ArgumentOutOfRangeException.ThrowIfNegative(options.NeighbourCells, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.NeighbourSteps, nameof(options));
        if (!(options.Significance is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(options), options.Significance, "Expected a significance above 0 and below 1.");
        List<string> classes = [.. series.Spec.Kinds.Classes];
        string className = options.ClassName ?? classes[^1];
        int classIndex = classes.IndexOf(className);
        if (classIndex < 0)
            throw new HotspotException("class", $"'{className}'", $"one of {string.Join(", ", classes)}", "Name a class of the heat maps.");
        SpaceTimeCube cube = SpaceTimeCube.Of(series, classIndex, options.Step);
        if (cube.Steps.Count < FewestSteps)
            throw new HotspotException("trends",
                string.Create(CultureInfo.InvariantCulture, $"{cube.Steps.Count} whole steps of {options.Step} in {series.Periods}"),
                $"at least {FewestSteps}", "Widen the span, or take shorter steps.");
        if (!cube.Counts.AsSpan().ContainsAnyExcept(0.0))
            throw new HotspotException("trends", $"no incident of class '{className}' in the whole steps of {series.Periods}",
                "at least one",
                "Take another class or span.");
        return new TrendAnalysis(cube, className, options);
    }

    ReadOnlySpan<double> StepOf(double[] values, int step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(step, Steps.Count);
        return values.AsSpan(step * Grid.CellCount, Grid.CellCount);
    }
}
