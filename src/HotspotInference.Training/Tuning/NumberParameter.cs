using System.Globalization;

namespace HotspotInference.Training.Tuning;

/// <summary>
/// A number between two others, evenly or by its logarithm. Whole ones have equal shares of the unit interval each, evenly or as long as
/// their logarithms' intervals are; they are given to the Gaussian process rounded (Garrido-Merchán and Hernández-Lobato 2020).
/// </summary>
/// <param name="name">The option's name.</param>
/// <param name="low">The least value.</param>
/// <param name="high">The largest.</param>
/// <param name="isLog">Whether its logarithm is what counts.</param>
/// <param name="isWhole">Whether it is whole.</param>
sealed class NumberParameter(string name, double low, double high, bool isLog, bool isWhole) : HyperParameter(name)
{
    // Half a whole number beyond both ends, so that these are as likely as others.
    readonly double _first = Scale(isWhole ? low - 0.5 : low, isLog), _last = Scale(isWhole ? high + 0.5 : high, isLog);

    public override int Width => 1;

    public override double Count => isWhole ? high - low + 1 : double.PositiveInfinity;

    public override IReadOnlyList<string> Probes => [Text(low), Text(high)];

    public override string AxisTitle => isLog ? $"log10 {Name}" : Name;

    public override string Decode(ReadOnlySpan<double> point)
    {
        double scaled = _first + point[0] * (_last - _first), value = isLog ? Math.Exp(scaled) : scaled;
        return Text(Math.Clamp(isWhole ? Math.Round(value) : value, low, high));
    }

    public override void Encode(string value, Span<double> point)
    {
        double number = Number(value);
        if (!(number >= low && number <= high) || (isWhole && number != Math.Round(number)))
            throw new HotspotException($"--{Name}", $"'{value}'", $"a value of {this}",
                "The study is of another space: give the one it began with.");
        point[0] = Math.Clamp((Scale(number, isLog) - _first) / (_last - _first), 0, 1);
    }

    public override void Quantile(double share, Span<double> point) => point[0] = share;

    public override void Step(Span<double> point, double step, Random random)
    {
        // The sum of three uniform numbers is near enough to a normal one.
        double normal = random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5, least = isWhole ? 1 / Count : 0;
        point[0] = Math.Clamp(point[0] + 2 * normal * Math.Max(step, least), 0, 1);
    }

    public override double Position(string value) => isLog ? Math.Log10(Number(value)) : Number(value);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Name}={(isWhole ? isLog ? "log-int" : "int" : isLog ? "log" : "linear")}:{low:R}..{high:R}");

    static double Scale(double value, bool isLog) => isLog ? Math.Log(value) : value;

    static double Number(string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN;

    // Six digits are more than a search can tell apart, and can be typed again.
    static string Text(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
