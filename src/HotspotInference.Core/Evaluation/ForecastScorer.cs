using System.Globalization;
using System.Numerics.Tensors;
using HotspotInference.Forecasts;

namespace HotspotInference.Evaluation;

/// <summary>
/// Scores the forecasts of one forecaster, period by period. Memory: 8 bytes for each cell-period and class (288 MiB a class for
/// a year of hourly 64 x 64 maps; up to three times that while it grows, unless it is told how many periods to expect), and
/// about three kilobytes for each period and class. Not thread-safe.
/// </summary>
public sealed class ForecastScorer
{
    readonly GridSpec _grid;
    readonly IReadOnlyList<string> _classes;
    readonly ScoringOptions _options;
    readonly PeriodStatistics _statistics;
    readonly RankedOutcomes[] _outcomes;
    // One row of statistics a period, by class.
    readonly List<double[]>[] _rows;
    readonly bool[][] _active;
    readonly float[] _risk;
    readonly float[] _intensity;
    readonly float[] _actual;

    /// <summary>A scorer without periods.</summary>
    /// <param name="grid">The study area and its cells.</param>
    /// <param name="classes">The class names, in the order of the maps.</param>
    /// <param name="options">How to score; <see cref="ScoringOptions.Default"/> where null.</param>
    /// <param name="expectedPeriods">How many periods will be added, where that is known: memory is then taken once.</param>
    /// <param name="activeCells">
    /// <c>[class, row, column]</c>: the cells that had an incident before the periods scored (<see cref="ActiveCells"/>), over which
    /// <see cref="ClassScore.EceActiveCells"/> is taken; empty where it is not wanted.
    /// </param>
    /// <exception cref="ArgumentException">There is no class, an option is out of range, or a span has another length.</exception>
    /// <exception cref="HotspotException">The margin leaves no cell, or the thresholds or coverages do not fit.</exception>
    public ForecastScorer(GridSpec grid, IReadOnlyList<string> classes, ScoringOptions? options = null, int expectedPeriods = 0,
        ReadOnlySpan<bool> activeCells = default)
    {
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentNullException.ThrowIfNull(classes);
        if (classes.Count == 0)
            throw new ArgumentException("No classes; expected at least one.", nameof(classes));
        _grid = grid;
        _classes = classes;
        _options = options ?? ScoringOptions.Default;
        _options.Validate(classes);
        (int rows, int columns) = _options.Border.InnerSize(grid.Rows, grid.Columns);
        _statistics = new PeriodStatistics(_options, rows, columns);
        int capacity = (int)Math.Clamp((long)expectedPeriods * rows * columns, 0, Array.MaxLength);
        _outcomes = [.. classes.Select(_ => new RankedOutcomes(capacity))];
        _rows = [.. classes.Select(_ => new List<double[]>())];
        _active = activeCells.IsEmpty ? [.. classes.Select(_ => Array.Empty<bool>())] : Inner(activeCells);
        _risk = new float[rows * columns];
        _intensity = new float[rows * columns];
        _actual = new float[rows * columns];
    }

    /// <summary>Periods added so far.</summary>
    public int Periods => _rows[0].Count;

    /// <summary>Adds one period; periods in the order of time, since the intervals draw neighbouring ones together.</summary>
    /// <param name="risk"><c>[class, row, column]</c>: the forecast, probabilities 0..1.</param>
    /// <param name="actual"><c>[class, row, column]</c>: how many incidents there were.</param>
    /// <param name="outside">
    /// <c>[class]</c>: incidents of the period outside the study area, to be kept in the denominator of the hit rate; empty to
    /// leave them out.
    /// </param>
    /// <param name="intensity">
    /// <c>[class, row, column]</c>: the counts that were expected, where the forecaster says them; empty where they follow from the risk.
    /// </param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    /// <exception cref="HotspotException">A risk is no probability, or a count or an intensity is negative or not finite.</exception>
    public void Add(ReadOnlySpan<float> risk, ReadOnlySpan<float> actual, ReadOnlySpan<int> outside = default,
        ReadOnlySpan<float> intensity = default)
    {
        int cells = _grid.CellCount;
        Guard.Length(risk.Length, _classes.Count * cells, "classes x rows x columns", nameof(risk));
        Guard.Length(actual.Length, risk.Length, "classes x rows x columns", nameof(actual));
        if (!outside.IsEmpty)
            Guard.Length(outside.Length, _classes.Count, "classes", nameof(outside));
        if (!intensity.IsEmpty)
        {
            Guard.Length(intensity.Length, risk.Length, "classes x rows x columns", nameof(intensity));
            CheckIntensity(intensity);
        }
        Guard.Probabilities(risk, _classes, _grid);
        Guard.Counts(actual, _classes, _grid);
        int period = Periods;
        for (int c = 0; c < _classes.Count; c++)
        {
            ReadOnlySpan<float> counts = actual.Slice(c * cells, cells);
            _options.Border.CopyInner(risk.Slice(c * cells, cells), _grid.Rows, _grid.Columns, _risk);
            _options.Border.CopyInner(counts, _grid.Rows, _grid.Columns, _actual);
            if (!intensity.IsEmpty)
                _options.Border.CopyInner(intensity.Slice(c * cells, cells), _grid.Rows, _grid.Columns, _intensity);
            var row = new double[_statistics.Layout.Length];
            _statistics.Measure(_classes[c], _risk, intensity.IsEmpty ? default : _intensity, _actual, _active[c], row);
            row[StatisticsLayout.EventsOutside] = outside.IsEmpty ? 0 : outside[c];
            foreach (float count in counts)
                row[StatisticsLayout.EventsInMargin] += count;
            row[StatisticsLayout.EventsInMargin] -= row[StatisticsLayout.Events];
            _rows[c].Add(row);
            _outcomes[c].Add(period, _risk, _actual);
        }
    }

    /// <summary>Scores what was added. More periods may be added afterwards.</summary>
    /// <param name="name">The forecaster's name.</param>
    /// <param name="leaky">Whether the forecaster could see what it forecasts.</param>
    /// <param name="cancellationToken">Stops the bootstrap.</param>
    /// <exception cref="HotspotException">No period was added.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public ForecasterScore Score(string name, bool leaky = false, CancellationToken cancellationToken = default)
    {
        if (Periods == 0)
            throw new HotspotException("scoring", "no periods", "at least one",
                "Choose a span with periods that are not left out and have data.");
        int block = PeriodDraws.Block(_options.BootstrapBlock, Periods);
        var classes = new Dictionary<string, ClassScore>();
        var draws = new Dictionary<string, IReadOnlyDictionary<string, ScoreDraws>>();
        for (int c = 0; c < _classes.Count; c++)
        {
            FillEqualMassBins(c);
            ScoreRecorder recorder = Samples(c, block, cancellationToken);
            classes.Add(_classes[c], new ClassScorer(_options, _statistics, recorder).Score());
            draws.Add(_classes[c], recorder.Compared);
        }
        return new ForecasterScore
        {
            Name = name,
            Leaky = leaky,
            ThresholdSource = _options.Thresholds?.Source ?? ThresholdSource.Period,
            Periods = Periods,
            Cells = _statistics.Cells,
            FlaggedCells = _options.Coverages.Select((coverage, c) => (coverage, Cells: _statistics.FlaggedCells(c)))
                .ToDictionary(pair => pair.coverage, pair => pair.Cells),
            Interval = new IntervalMethod(_options.BootstrapDraws, block, _options.Seed),
            Classes = classes,
            Draws = draws,
        };
    }

    // Which bin a cell-period is in is known only now; an earlier call knew fewer periods.
    void FillEqualMassBins(int classIndex)
    {
        int first = _statistics.Layout.EqualMassBins;
        foreach (double[] row in _rows[classIndex])
            Array.Clear(row, first, StatisticsLayout.BinWidth * _options.CalibrationBins);
        _outcomes[classIndex].AddEqualMassBins(_options.CalibrationBins, _rows[classIndex], first);
    }

    ScoreRecorder Samples(int classIndex, int block, CancellationToken cancellationToken)
    {
        int[] once = new int[Periods];
        Array.Fill(once, 1);
        ScoreSample whole = Sample(classIndex, once);
        var draws = new List<ScoreSample>(_options.BootstrapDraws);
        foreach (int[] weights in PeriodDraws.Weights(Periods, block, _options.BootstrapDraws, _options.Seed))
        {
            cancellationToken.ThrowIfCancellationRequested();
            draws.Add(Sample(classIndex, weights));
        }
        return new ScoreRecorder(whole, draws);
    }

    ScoreSample Sample(int classIndex, int[] weights)
    {
        var totals = new double[_statistics.Layout.Length];
        for (int period = 0; period < weights.Length; period++)
        {
            if (weights[period] != 0)
                TensorPrimitives.MultiplyAdd(_rows[classIndex][period], weights[period], totals, totals);
        }
        return new ScoreSample(totals, (double)Periods * _statistics.Cells, _outcomes[classIndex].Score(weights));
    }

    bool[][] Inner(ReadOnlySpan<bool> cells)
    {
        Guard.Length(cells.Length, _classes.Count * _grid.CellCount, "classes x rows x columns", "activeCells");
        (int rows, int columns) = _options.Border.InnerSize(_grid.Rows, _grid.Columns);
        float[] all = Array.ConvertAll(cells.ToArray(), isActive => isActive ? 1f : 0f), inner = new float[rows * columns];
        return [.. all.Chunk(_grid.CellCount).Select(map =>
        {
            _options.Border.CopyInner(map, _grid.Rows, _grid.Columns, inner);
            return Array.ConvertAll(inner, value => value > 0);
        })];
    }

    static void CheckIntensity(ReadOnlySpan<float> intensity)
    {
        foreach (float expected in intensity)
        {
            if (!(expected >= 0 && float.IsFinite(expected)))
                throw new HotspotException("intensity map", expected.ToString(CultureInfo.InvariantCulture), "expected counts, 0 or more",
                    "Check the model's output, or score without intensity.");
        }
    }
}
