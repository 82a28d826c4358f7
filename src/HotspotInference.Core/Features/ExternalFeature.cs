using System.Globalization;

namespace HotspotInference.Features;

/// <summary>
/// One feature of other origin than incidents, as a model that learnt it knows it. The network is given the values as they stand in the
/// tables and standardises them itself: <c>(value - Mean) / Scale</c>. Immutable.
/// </summary>
/// <param name="Name">The name of its column, by which tables are joined.</param>
/// <param name="Source">What its values belong to.</param>
public sealed record ExternalFeature(string Name, ExternalSource Source)
{
    /// <summary>
    /// How many periods before the one that is forecast the value is taken from: 0 is its own, which must be known before it begins.
    /// Always 0
    /// for <see cref="ExternalSource.Cell"/>.
    /// </summary>
    public int Lag { get; init; }

    /// <summary>The mean over the periods learnt, or over the cells.</summary>
    public double Mean { get; init; }

    /// <summary>The standard deviation over the same, above 0.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>For example <c>rain (of periods, 1 before)</c> or <c>income (of cells)</c>.</summary>
    public override string ToString() => Source == ExternalSource.Cell ? $"{Name} (of cells)"
        : Lag > 0 ? string.Create(CultureInfo.InvariantCulture, $"{Name} (of periods, {Lag} before)") : $"{Name} (of periods)";
}
