namespace HotspotInference.Evaluation;

/// <summary>
/// What one period contributes to the Fractions Skill Score (Roberts and Lean, 2008, equations 2 to 7) of square windows: sums over cells
/// of products of the mean risk and the share of cells with an event in the window around the cell. Cells outside the grid have neither,
/// and the mean is over all cells of the window, as in the paper. Holds scratch space; not thread-safe.
/// </summary>
sealed class NeighbourhoodFractions
{
    /// <summary>Numbers a window.</summary>
    public const int Count = 5;

    public const int RiskRisk = 0;
    public const int RiskOutcome = 1;
    public const int OutcomeOutcome = 2;
    // Of a map that is 1 everywhere.
    public const int UniformOutcome = 3;
    public const int UniformUniform = 4;

    readonly ScoringOptions _options;
    readonly StatisticsLayout _layout;
    readonly int _rows;
    readonly int _columns;
    // Sums over all cells above and to the left, with a row and a column of zeros before.
    readonly double[] _risk;
    readonly double[] _outcome;

    public NeighbourhoodFractions(ScoringOptions options, StatisticsLayout layout, int rows, int columns)
    {
        (_options, _layout, _rows, _columns) = (options, layout, rows, columns);
        _risk = new double[(rows + 1) * (columns + 1)];
        _outcome = new double[(rows + 1) * (columns + 1)];
    }

    /// <param name="risk"><c>[row, column]</c>.</param>
    /// <param name="actual"><c>[row, column]</c>.</param>
    /// <param name="row">Receives <see cref="Count"/> numbers a window.</param>
    public void Add(ReadOnlySpan<float> risk, ReadOnlySpan<float> actual, Span<double> row)
    {
        int stride = _columns + 1;
        for (int y = 0; y < _rows; y++)
        {
            double riskSoFar = 0, outcomesSoFar = 0;
            for (int x = 0; x < _columns; x++)
            {
                int cell = y * _columns + x, sum = (y + 1) * stride + x + 1;
                riskSoFar += risk[cell];
                outcomesSoFar += actual[cell] > 0 ? 1 : 0;
                _risk[sum] = _risk[sum - stride] + riskSoFar;
                _outcome[sum] = _outcome[sum - stride] + outcomesSoFar;
            }
        }
        for (int w = 0; w < _options.FssWindows.Count; w++)
            AddWindow(_options.FssWindows[w], row.Slice(_layout.Fractions(w), Count));
    }

    void AddWindow(int window, Span<double> sums)
    {
        int reach = window / 2, stride = _columns + 1;
        double inWindow = (double)window * window;
        double rr = 0, ro = 0, oo = 0, uo = 0, uu = 0;
        for (int y = 0; y < _rows; y++)
        {
            int top = Math.Max(y - reach, 0), bottom = Math.Min(y + reach + 1, _rows);
            for (int x = 0; x < _columns; x++)
            {
                int left = Math.Max(x - reach, 0), right = Math.Min(x + reach + 1, _columns);
                int a = top * stride + left, b = top * stride + right, c = bottom * stride + left, d = bottom * stride + right;
                double risk = (_risk[d] - _risk[b] - _risk[c] + _risk[a]) / inWindow;
                double outcome = (_outcome[d] - _outcome[b] - _outcome[c] + _outcome[a]) / inWindow;
                double uniform = (bottom - top) * (right - left) / inWindow;
                rr += risk * risk;
                ro += risk * outcome;
                oo += outcome * outcome;
                uo += uniform * outcome;
                uu += uniform * uniform;
            }
        }
        sums[RiskRisk] = rr;
        sums[RiskOutcome] = ro;
        sums[OutcomeOutcome] = oo;
        sums[UniformOutcome] = uo;
        sums[UniformUniform] = uu;
    }
}
