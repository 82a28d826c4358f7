using System.Globalization;
using HotspotInference.Forecasts;
using HotspotInference.Periods;

namespace HotspotInference.Evaluation;

/// <summary>How forecasts are scored. Immutable; <see cref="Default"/> is what every published figure uses.</summary>
public sealed record ScoringOptions
{
    /// <summary>The defaults.</summary>
    public static ScoringOptions Default { get; } = new();

    /// <summary>The shares of the study area that are flagged, each above 0 and up to 1. By default 1, 2, 5 and 10%.</summary>
    public IReadOnlyList<double> Coverages { get; init; } = [0.01, 0.02, 0.05, 0.10];

    /// <summary>The percentiles of the six labels. By default 85 to 99.</summary>
    public IReadOnlyList<double> LabelPercentiles { get; init; } = SixLabels.DefaultPercentiles;

    /// <summary>
    /// The thresholds of the six labels: stored from validation, or from a batch (which marks the labels retrospective). Null,
    /// the default, takes each period's own percentiles.
    /// </summary>
    public PercentileTable? Thresholds { get; init; }

    /// <summary>The margin left out of scoring. None by default.</summary>
    public BorderPolicy Border { get; init; }

    /// <summary>What a cell with an event counts in the weighted accuracies, each above 0. By default 10 and 100.</summary>
    public IReadOnlyList<double> EventWeights { get; init; } = [10, 100];

    /// <summary>
    /// Widths in cells of the windows of the Fractions Skill Score, odd: a cell and its neighbours up to so many cells away. By default 1,
    /// 3, 5, 7, 9 and 11: no neighbours, and those up to 1 to 5 cells away.
    /// </summary>
    public IReadOnlyList<int> FssWindows { get; init; } = [1, 3, 5, 7, 9, 11];

    /// <summary>Bins of the calibration errors. 15 by default.</summary>
    public int CalibrationBins { get; init; } = 15;

    /// <summary>How often the periods are drawn anew for the 95% intervals; 0 for none. 200 by default.</summary>
    public int BootstrapDraws { get; init; } = 200;

    /// <summary>
    /// Consecutive periods that are drawn together, since neighbouring ones are alike. 7 by default; <see cref="WeekOf"/> gives
    /// a week's worth. At most a quarter of the periods is used.
    /// </summary>
    public int BootstrapBlock { get; init; } = 7;

    /// <summary>Seed of the draws.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Periods in a week, at least 1: 7 for a day, 168 for an hour.</summary>
    public static int WeekOf(Cadence cadence) => Math.Max(1, (int)Math.Round(7 / cadence.Days));

    /// <summary>Cells flagged at a coverage: the whole part of coverage x cells.</summary>
    /// <remarks>A coverage is decimal and its double a hair off: 0.01 x 2900 is 28.999... and means 29.</remarks>
    internal static int FlaggedCells(double coverage, int cells) => (int)Math.Floor(coverage * cells + 1e-9);

    internal void Validate(IReadOnlyList<string> classes)
    {
        foreach (double coverage in Coverages)
        {
            if (!(coverage is > 0 and <= 1))
                throw new HotspotException("coverage", coverage.ToString(CultureInfo.InvariantCulture),
                    "a share above 0 and up to 1", "Write 5% as 0.05.");
        }
        foreach (double percentile in LabelPercentiles)
            Percentiles.Check(percentile);
        foreach (double weight in EventWeights)
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(weight, nameof(EventWeights));
        foreach (int window in FssWindows)
        {
            if (window < 1 || window % 2 == 0)
                throw new HotspotException("window of the Fractions Skill Score", window.ToString(CultureInfo.InvariantCulture),
                    "an odd width in cells, 1 or more", "Write the cells up to 2 away as 5.");
        }
        ArgumentOutOfRangeException.ThrowIfLessThan(CalibrationBins, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(BootstrapDraws);
        ArgumentOutOfRangeException.ThrowIfLessThan(BootstrapBlock, 1);
        if (Thresholds is not { } table)
            return;
        if (table.Border != Border)
            throw new HotspotException("thresholds", $"percentiles taken with border {table.Border}", $"border {Border}, as in scoring",
                "Take the percentiles with the border that scoring uses, or score without stored thresholds.");
        foreach (string name in classes)
        {
            foreach (double percentile in LabelPercentiles)
            {
                if (!table.TryGet(name, percentile, out _))
                    throw new HotspotException("thresholds", $"none for class '{name}' at percentile {Percentiles.Name(percentile)}",
                        "one for every class and label percentile", "Take the percentiles anew, or score without stored thresholds.");
            }
        }
    }
}
