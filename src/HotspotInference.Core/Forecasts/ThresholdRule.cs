using System.Globalization;

namespace HotspotInference.Forecasts;

/// <summary>How <see cref="ThresholdSelection"/> chooses a threshold. Immutable, compared by value.</summary>
public sealed record ThresholdRule
{
    ThresholdRule(ThresholdCriterion criterion, double value)
    {
        Criterion = criterion;
        Value = value;
    }

    /// <summary>What is chosen where nobody chose: at most 5% of the cell-periods are hot.</summary>
    public static ThresholdRule Default { get; } = Coverage(0.05);

    /// <summary>What the threshold is chosen by.</summary>
    public ThresholdCriterion Criterion { get; }

    /// <summary>The largest share, or the cost of a miss.</summary>
    public double Value { get; }

    /// <summary>The lowest threshold that keeps the hot share of all cell-periods within a limit.</summary>
    /// <param name="largest">The share, above 0 and up to 1.</param>
    /// <exception cref="HotspotException">The share is out of range.</exception>
    public static ThresholdRule Coverage(double largest) => Of(ThresholdCriterion.Coverage, largest);

    /// <summary>
    /// The highest threshold that keeps the false-negative rate within a limit: the share of the cell-periods with at least one incident
    /// that are not hot.
    /// </summary>
    /// <param name="largest">The share, from 0 to less than 1.</param>
    /// <exception cref="HotspotException">The share is out of range.</exception>
    public static ThresholdRule Miss(double largest) => Of(ThresholdCriterion.Miss, largest);

    /// <summary>
    /// The threshold of the least cost, <c>ratio x missed cell-periods + hot cell-periods without an incident</c>; of several the highest.
    /// Where risk is calibrated this is near <c>1 / (1 + ratio)</c> (Elkan, 2001, equation 2).
    /// </summary>
    /// <param name="ratio">What a miss costs, in false alarms; above 0.</param>
    /// <exception cref="HotspotException">The ratio is not a number above 0.</exception>
    public static ThresholdRule Cost(double ratio) => Of(ThresholdCriterion.Cost, ratio);

    /// <summary>Reads <c>coverage=0.05</c>, <c>miss=0.2</c> or <c>cost=10</c>.</summary>
    /// <exception cref="HotspotException">The text is no rule.</exception>
    public static ThresholdRule Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0 || !double.TryParse(text.AsSpan(equals + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
            throw Invalid(text);
        return text[..equals].Trim().ToLowerInvariant() switch
        {
            "coverage" => Coverage(value),
            "miss" => Miss(value),
            "cost" => Cost(value),
            _ => throw Invalid(text),
        };
    }

    /// <summary>For example <c>coverage=0.05</c>, readable by <see cref="Parse"/>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{NameOf(Criterion)}={Value}");

    internal static ThresholdRule Of(ThresholdCriterion criterion, double value)
    {
        bool holds = criterion switch
        {
            ThresholdCriterion.Coverage => value is > 0 and <= 1,
            ThresholdCriterion.Miss => value is >= 0 and < 1,
            _ => value > 0 && double.IsFinite(value),
        };
        return holds ? new ThresholdRule(criterion, value)
            : throw Invalid(string.Create(CultureInfo.InvariantCulture, $"{NameOf(criterion)}={value}"));
    }

    static string NameOf(ThresholdCriterion criterion) => criterion switch
    {
        ThresholdCriterion.Coverage => "coverage",
        ThresholdCriterion.Miss => "miss",
        _ => "cost",
    };

    static HotspotException Invalid(string found) => new("threshold rule", $"'{found}'",
        "coverage=SHARE (above 0, up to 1), miss=SHARE (0 to less than 1) or cost=RATIO (above 0)",
        "Example: coverage=0.05, miss=0.2 or cost=10.");
}
