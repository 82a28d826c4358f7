using System.Globalization;
using HotspotInference.Grids;

namespace HotspotInference.Simulation;

/// <summary>
/// What a <see cref="SimulatedCity"/> is like. The defaults make a fictional city in the Atlantic, about 13 x 12 km, with six
/// centres and three kinds. Immutable.
/// </summary>
public sealed record SimulatedCityOptions
{
    /// <summary>The same seed and options give the same city and the same incidents. 1 by default.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The first day. Wall-clock time; the simulated city never changes its clocks.</summary>
    public DateOnly Start { get; init; } = new(2015, 1, 1);

    /// <summary>How many days, at least 1. 730 by default. A longer simulation begins with the same incidents.</summary>
    public int Days { get; init; } = 730;

    /// <summary>
    /// The study area; the centres lie well inside it. Its edges do not bound the process: as in real data a few incidents,
    /// mostly of the outer centres, fall outside and are kept.
    /// </summary>
    public GeoBounds Bounds { get; init; } = new(44.94, -30.08, 45.06, -29.92);

    /// <summary>Mean incidents a day over the whole city, those outside <see cref="Bounds"/> included. 20 by default.</summary>
    public double EventsPerDay { get; init; } = 20;

    /// <summary>How many centres, at least 1. 6 by default. Places, spreads and shares follow from the seed.</summary>
    public int Centers { get; init; } = 6;

    /// <summary>The kinds and their shares, independent of place, time and each other; none makes incidents without a kind.</summary>
    public IReadOnlyList<SimulatedKind> Kinds { get; init; } = [new("theft", 0.6), new("assault", 0.3), new("robbery", 0.1)];

    /// <summary>
    /// Mean number of incidents that one incident sets off directly, 0 up to but not 1: also the share of incidents that others
    /// set off. 0.3 by default.
    /// </summary>
    public double Branching { get; init; } = 0.3;

    /// <summary>Mean time from an incident to one it sets off, in days, above 0 (exponential). 4 by default.</summary>
    public double DecayDays { get; init; } = 4;

    /// <summary>
    /// Standard deviation of the distance, north and east alike, to an incident that is set off, metres, above 0. 250 by default.
    /// </summary>
    public double SpreadMeters { get; init; } = 250;

    /// <summary>How far the background swings around its mean in a day, 0 up to but not 1, highest at 22:00. 0.6 by default.</summary>
    public double DailySwing { get; init; } = 0.6;

    /// <summary>How far the background swings around its mean in a week, 0 up to but not 1, highest on Saturday. 0.25 by default.</summary>
    public double WeeklySwing { get; init; } = 0.25;

    /// <summary>How far the background swings around its mean in a year, 0 up to but not 1, highest in mid-July. 0.15 by default.</summary>
    public double YearlySwing { get; init; } = 0.15;

    /// <summary>
    /// Decimals that reported coordinates are rounded to, 0..15. 6 by default (about 0.1 m); 3 makes a lattice such as real publishers use.
    /// </summary>
    public int CoordinateDecimals { get; init; } = 6;

    /// <summary>These options, where all values are in range.</summary>
    /// <exception cref="HotspotException">A value is out of range.</exception>
    public SimulatedCityOptions Validated()
    {
        Require(nameof(Days), Days, Days >= 1 && Start.DayNumber + (long)Days <= DateOnly.MaxValue.DayNumber,
            "at least 1, ending by the year 9999");
        Require(nameof(EventsPerDay), EventsPerDay, EventsPerDay > 0 && double.IsFinite(EventsPerDay), "a number above 0");
        Require(nameof(Centers), Centers, Centers >= 1, "at least 1");
        Require(nameof(Branching), Branching, Branching is >= 0 and < 1, "0 up to but not 1 (at 1 the incidents never die out)");
        Require(nameof(DecayDays), DecayDays, DecayDays > 0 && double.IsFinite(DecayDays), "a number above 0");
        Require(nameof(SpreadMeters), SpreadMeters, SpreadMeters > 0 && double.IsFinite(SpreadMeters), "a number above 0");
        Require(nameof(DailySwing), DailySwing, DailySwing is >= 0 and < 1, "0 up to but not 1");
        Require(nameof(WeeklySwing), WeeklySwing, WeeklySwing is >= 0 and < 1, "0 up to but not 1");
        Require(nameof(YearlySwing), YearlySwing, YearlySwing is >= 0 and < 1, "0 up to but not 1");
        Require(nameof(CoordinateDecimals), CoordinateDecimals, CoordinateDecimals is >= 0 and <= 15, "0 to 15");
        foreach (SimulatedKind kind in Kinds)
            Require($"the share of the kind '{kind.Name}'", kind.Share, kind.Share > 0 && double.IsFinite(kind.Share), "a number above 0");
        if (Bounds == default)
            throw new HotspotException("simulation, Bounds", "an empty study area", "a rectangle in degrees",
                "Construct the GeoBounds with its four edges.");
        return this;
    }

    static void Require(string name, double value, bool valid, string expected)
    {
        if (!valid)
            throw new HotspotException($"simulation, {name}", value.ToString(CultureInfo.InvariantCulture), expected,
                "Choose a value in this range.");
    }
}
