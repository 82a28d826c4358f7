using HotspotInference.Forecasts;

namespace HotspotInference.Evaluation;

/// <summary>
/// What one period and class contributes to every additive score, as one row of numbers: the sum of rows over any choice of
/// periods gives the scores over that choice. Holds the scratch space of one scorer; not thread-safe.
/// </summary>
sealed class PeriodStatistics
{
    // The smallest step of float32 below 1, to which scikit-learn clips float32 probabilities.
    const double Clip = 1.0 / (1 << 23);

    readonly ScoringOptions _options;
    readonly int _columns;
    readonly int[] _flagged;
    readonly ulong[] _order;
    readonly float[] _ascendingRisk;
    readonly float[] _ascendingActual;
    readonly LabelStatistics _labels;
    readonly NeighbourhoodFractions _fractions;

    public PeriodStatistics(ScoringOptions options, int rows, int columns)
    {
        _options = options;
        _columns = columns;
        Layout = new StatisticsLayout(options);
        Cells = rows * columns;
        _flagged = [.. options.Coverages.Select(coverage => ScoringOptions.FlaggedCells(coverage, Cells))];
        _order = new ulong[Cells];
        _ascendingRisk = new float[Cells];
        _ascendingActual = new float[Cells];
        _labels = new LabelStatistics(options, Layout, rows, columns);
        _fractions = new NeighbourhoodFractions(options, Layout, rows, columns);
    }

    public StatisticsLayout Layout { get; }

    public int Cells { get; }

    public int FlaggedCells(int coverage) => _flagged[coverage];

    /// <summary>Measures one period of one class.</summary>
    /// <param name="className">The class.</param>
    /// <param name="risk"><c>[row, column]</c> without the margin.</param>
    /// <param name="intensity"><c>[row, column]</c> without the margin: expected counts; empty where they follow from the risk.</param>
    /// <param name="actual"><c>[row, column]</c> without the margin.</param>
    /// <param name="active"><c>[row, column]</c> without the margin: the cells that count as active; empty for none.</param>
    /// <param name="row">Receives <see cref="StatisticsLayout.Length"/> numbers.</param>
    public void Measure(string className, ReadOnlySpan<float> risk, ReadOnlySpan<float> intensity, ReadOnlySpan<float> actual,
        ReadOnlySpan<bool> active, Span<double> row)
    {
        row.Clear();
        RiskOrder.Sort(risk, _columns, _order);
        for (int i = 0; i < Cells; i++)
            _ascendingRisk[i] = RiskOrder.Risk(_order[Cells - 1 - i]);
        AddOutcomes(risk, actual, active, row);
        AddCounts(risk, intensity, actual, row);
        AddHits(actual, row);
        _labels.Add(className, risk, actual, _ascendingRisk, row);
        _fractions.Add(risk, actual, row);
    }

    void AddOutcomes(ReadOnlySpan<float> risk, ReadOnlySpan<float> actual, ReadOnlySpan<bool> active, Span<double> row)
    {
        for (int i = 0; i < risk.Length; i++)
        {
            int outcome = actual[i] > 0 ? 1 : 0;
            double p = risk[i], clipped = Math.Clamp(p, Clip, 1 - Clip);
            row[StatisticsLayout.Events] += actual[i];
            row[StatisticsLayout.Positives] += outcome;
            row[StatisticsLayout.SquaredError] += (p - outcome) * (p - outcome);
            row[StatisticsLayout.LogLoss] -= Math.Log(outcome == 1 ? clipped : 1 - clipped);
            int bin = StatisticsLayout.BinWidth * Math.Min((int)(p * _options.CalibrationBins), _options.CalibrationBins - 1);
            AddToBin(row[(Layout.EqualWidthBins + bin)..], p, outcome);
            if (!active.IsEmpty && active[i])
                AddToBin(row[(Layout.ActiveBins + bin)..], p, outcome);
        }
    }

    static void AddToBin(Span<double> bin, double risk, int outcome)
    {
        bin[0] += risk;
        bin[1] += outcome;
        bin[2]++;
    }

    static void AddCounts(ReadOnlySpan<float> risk, ReadOnlySpan<float> intensity, ReadOnlySpan<float> actual, Span<double> row)
    {
        for (int i = 0; i < risk.Length; i++)
        {
            // A Poisson count with this chance of at least one.
            double y = actual[i];
            double expected = intensity.IsEmpty ? -double.LogP1(-Math.Clamp(risk[i], Clip, 1 - Clip)) : Math.Max(intensity[i], Clip);
            double error = Math.Abs(y - expected);
            row[StatisticsLayout.Deviance] += 2 * ((y > 0 ? y * Math.Log(y / expected) : 0) - (y - expected));
            row[StatisticsLayout.CountError] += error;
            row[StatisticsLayout.SquaredCountError] += error * error;
            if (y > 0)
            {
                row[StatisticsLayout.MaskedError] += error;
                row[StatisticsLayout.MaskedRelativeError] += error / y;
            }
        }
    }

    void AddHits(ReadOnlySpan<float> actual, Span<double> row)
    {
        actual.CopyTo(_ascendingActual);
        Array.Sort(_ascendingActual);
        int rows = Cells / _columns;
        for (int c = 0; c < _flagged.Length; c++)
        {
            int flagged = _flagged[c];
            if (flagged == 0)
                continue;
            float last = RiskOrder.Risk(_order[flagged - 1]);
            double certain = 0, tied = 0;
            int above = 0, ties = 0;
            for (int rank = 0; rank < Cells && RiskOrder.Risk(_order[rank]) is var risk && risk >= last; rank++)
            {
                float events = actual[RiskOrder.Cell(_order[rank], rows, _columns)];
                if (rank < flagged)
                    row[StatisticsLayout.Hits(c)] += events;
                if (risk > last)
                    (certain, above) = (certain + events, above + 1);
                else
                    (tied, ties) = (tied + events, ties + 1);
            }
            row[StatisticsLayout.ExpectedHits(c)] = certain + tied * (flagged - above) / ties;
            foreach (float events in _ascendingActual.AsSpan(Cells - flagged))
                row[StatisticsLayout.BestHits(c)] += events;
        }
    }
}
