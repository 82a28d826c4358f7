using System.Globalization;

namespace HotspotInference.Forecasts;

/// <summary>
/// A threshold on risk for each class, chosen by a rule on a span whose outcomes are known: validation, before the periods that it will be
/// used on. A cell is hot where its risk is strictly above. Immutable and safe to share between threads.
/// </summary>
public sealed class ThresholdSelection
{
    /// <summary>A selection from its parts, as metadata hold them.</summary>
    /// <param name="rule">How the thresholds were chosen.</param>
    /// <param name="curves">One curve a class.</param>
    /// <param name="border">The margin that was ignored.</param>
    public ThresholdSelection(ThresholdRule rule, IReadOnlyList<ThresholdCurve> curves, BorderPolicy border = default)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(curves);
        Rule = rule;
        Curves = [.. curves];
        Border = border;
    }

    /// <summary>How the thresholds were chosen.</summary>
    public ThresholdRule Rule { get; }

    /// <summary>One curve a class, in the order of the classes.</summary>
    public IReadOnlyList<ThresholdCurve> Curves { get; }

    /// <summary>The margin that was ignored: its cells are neither hot nor missed.</summary>
    public BorderPolicy Border { get; }

    /// <summary>Chooses thresholds over the periods of a span. O(n log n) a class.</summary>
    /// <param name="classes">The class names.</param>
    /// <param name="rows">Rows of the grid.</param>
    /// <param name="columns">Columns of the grid.</param>
    /// <param name="risk"><c>[period, class, row, column]</c>: forecasts made before each period, at least one period.</param>
    /// <param name="actual"><c>[period, class, row, column]</c>: how many incidents there were.</param>
    /// <param name="rule">How to choose; <see cref="ThresholdRule.Default"/> where null.</param>
    /// <param name="border">The margin to ignore.</param>
    /// <exception cref="ArgumentException">The maps are not a whole number of periods, or none, or not equally many.</exception>
    /// <exception cref="HotspotException">
    /// A class has no incidents and the rule limits misses, or the limit is not kept by the lowest threshold, 0, since cells of risk 0 are
    /// never hot; or a risk is NaN or not in 0..1.
    /// </exception>
    public static ThresholdSelection Over(IReadOnlyList<string> classes, int rows, int columns, ReadOnlySpan<float> risk,
        ReadOnlySpan<float> actual, ThresholdRule? rule = null, BorderPolicy border = default)
    {
        ArgumentNullException.ThrowIfNull(classes);
        rule ??= ThresholdRule.Default;
        int cells = rows * columns, stride = classes.Count * cells;
        if (stride == 0 || risk.Length == 0 || risk.Length % stride != 0)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"The span has {risk.Length} elements; expected one or more times classes x rows x columns = {stride}."), nameof(risk));
        Guard.Length(actual.Length, risk.Length, "the length of the risk", nameof(actual));
        (int innerRows, int innerColumns) = border.InnerSize(rows, columns);
        int periods = risk.Length / stride, inner = innerRows * innerColumns;
        var pooledRisk = new float[periods * inner];
        var pooledActual = new float[periods * inner];
        var curves = new ThresholdCurve[classes.Count];
        for (int c = 0; c < classes.Count; c++)
        {
            for (int period = 0; period < periods; period++)
            {
                int from = period * stride + c * cells;
                border.CopyInner(risk.Slice(from, cells), rows, columns, pooledRisk.AsSpan(period * inner, inner));
                border.CopyInner(actual.Slice(from, cells), rows, columns, pooledActual.AsSpan(period * inner, inner));
            }
            curves[c] = ThresholdSearch.Run(classes[c], periods, pooledRisk, pooledActual, rule);
        }
        return new ThresholdSelection(rule, curves, border);
    }

    /// <summary>Finds the curve of a class; null where there is none.</summary>
    public ThresholdCurve? Find(string className) => Curves.FirstOrDefault(curve => curve.Class == className);

    /// <summary>Finds the threshold of a class.</summary>
    /// <returns>False where there is no such class.</returns>
    public bool TryGet(string className, out RiskThreshold threshold)
    {
        ThresholdCurve? curve = Find(className);
        threshold = curve is null ? default : new RiskThreshold(curve.Selected.Threshold, ThresholdSource.Validation, null);
        return curve is not null;
    }
}
