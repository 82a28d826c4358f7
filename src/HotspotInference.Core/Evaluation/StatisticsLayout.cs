namespace HotspotInference.Evaluation;

/// <summary>Where each number stands in a row of statistics. Bins hold the sum of risk, the positives and the cell-periods.</summary>
sealed class StatisticsLayout(ScoringOptions options)
{
    public const int Events = 0;
    public const int EventsOutside = 1;
    public const int EventsInMargin = 2;
    public const int Positives = 3;
    public const int SquaredError = 4;
    public const int LogLoss = 5;
    public const int Deviance = 6;
    public const int CountError = 7;
    public const int SquaredCountError = 8;
    // Over cells with events alone.
    public const int MaskedError = 9;
    public const int MaskedRelativeError = 10;
    const int Fixed = 11;

    /// <summary>Numbers of a bin.</summary>
    public const int BinWidth = 3;

    readonly int _equalWidth = Fixed + 3 * options.Coverages.Count;
    readonly int _bins = BinWidth * options.CalibrationBins;

    int LabelStart => _equalWidth + 3 * _bins;

    int FractionStart => LabelStart + 2 * SixLabels.Count * options.LabelPercentiles.Count;

    /// <summary>Numbers in a row.</summary>
    public int Length => FractionStart + NeighbourhoodFractions.Count * options.FssWindows.Count;

    public static int Hits(int coverage) => Fixed + 3 * coverage;

    public static int ExpectedHits(int coverage) => Fixed + 3 * coverage + 1;

    public static int BestHits(int coverage) => Fixed + 3 * coverage + 2;

    /// <summary>The first bin of equal width.</summary>
    public int EqualWidthBins => _equalWidth;

    /// <summary>The first bin of equal width over the active cells alone.</summary>
    public int ActiveBins => _equalWidth + _bins;

    /// <summary>The first bin of equal mass, which is known once all periods are.</summary>
    public int EqualMassBins => _equalWidth + 2 * _bins;

    /// <summary>Cells with a label at a percentile.</summary>
    public int Label(int percentile, CellLabel label) => LabelStart + 2 * SixLabels.Count * percentile + (int)label;

    /// <summary>Cells expected to have a label where as many cells were flagged at random.</summary>
    public int RandomLabel(int percentile, CellLabel label) => Label(percentile, label) + SixLabels.Count;

    /// <summary>The first of a window's <see cref="NeighbourhoodFractions"/>.</summary>
    public int Fractions(int window) => FractionStart + NeighbourhoodFractions.Count * window;
}
