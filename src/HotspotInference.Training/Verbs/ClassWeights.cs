using System.Globalization;

namespace HotspotInference.Training.Verbs;

/// <summary>How much cells with and without incidents weigh in the loss.</summary>
/// <param name="FromBaseRate">Whether both weigh the same in sum, as the base rate says.</param>
/// <param name="Positive">The weight of a cell with incidents, where it was given.</param>
/// <param name="Negative">That of one without.</param>
readonly record struct ClassWeights(bool FromBaseRate, double Positive, double Negative)
{
    public static ClassWeights None => new(false, 1, 1);

    /// <summary>Reads <c>none</c>, <c>base-rate</c>, or two numbers such as <c>20,1</c>.</summary>
    /// <exception cref="HotspotException">The text is none of these.</exception>
    public static ClassWeights Parse(string text) => text switch
    {
        "none" => None,
        "base-rate" => new ClassWeights(true, 0, 0),
        _ when text.Split(',') is [string positive, string negative] && TryParse(positive, out double w)
            && TryParse(negative, out double v) => new(false, w, v),
        _ => throw new HotspotException("class weights", $"'{text}'",
            "none, base-rate, or two numbers above 0, for cells with and without incidents", "Example: 20,1."),
    };

    /// <summary>The weights of a class: from its base rate p they are 1 / 2p and 1 / 2(1 - p), which average to 1.</summary>
    public (double Positive, double Negative) For(double baseRate) =>
        FromBaseRate ? (0.5 / baseRate, 0.5 / (1 - baseRate)) : (Positive, Negative);

    public override string ToString() =>
        FromBaseRate ? "base-rate" : this == None ? "none" : string.Create(CultureInfo.InvariantCulture, $"{Positive:R},{Negative:R}");

    static bool TryParse(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && value > 0 && double.IsFinite(value);
}
