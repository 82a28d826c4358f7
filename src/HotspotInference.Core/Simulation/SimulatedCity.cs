namespace HotspotInference.Simulation;

/// <summary>
/// A fictional city whose incidents excite themselves, in space and time, and whose true intensity is known: a ruler for
/// forecasters. Immutable once made, safe to share between threads.
/// </summary>
/// <remarks>
/// A Hawkes process (the ETAS model of Ogata 1998, Space-time point-process models for earthquake occurrences, with an exponential
/// kernel as Mohler et al. 2011, Self-exciting point process modeling of crime, use it for burglary). A background of Gaussian
/// centres follows the rhythm of day, week and year; each incident sets off further ones, <see cref="SimulatedCityOptions.Branching"/>
/// of them on average, after an exponential delay and at a Gaussian distance. It is simulated exactly, by clusters, on the unbounded
/// plane, and begins long enough before the first day to be in its steady state there. The numbers come from a seeded
/// <see cref="Random"/>; between platforms only the last bits of the mathematical functions can differ, which rounding to seconds and
/// to <see cref="SimulatedCityOptions.CoordinateDecimals"/> hides.
/// </remarks>
public sealed partial class SimulatedCity
{
    readonly record struct Event(double Time, double East, double North, string? Kind);

    readonly LocalPlane _plane;
    readonly Rhythm _rhythm;
    readonly DateTime _origin;
    // In order of time, from the origin on, which lies before the first day.
    readonly Event[] _events;

    /// <summary>Simulates a city.</summary>
    /// <param name="options">What it is like; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the simulation.</param>
    /// <exception cref="HotspotException">An option is out of range.</exception>
    /// <exception cref="OperationCanceledException">The simulation was cancelled.</exception>
    public SimulatedCity(SimulatedCityOptions? options = null, CancellationToken cancellationToken = default)
    {
        Options = (options ?? new SimulatedCityOptions()).Validated();
        _plane = new LocalPlane(Options.Bounds);
        // Clusters die out at the rate (1 - branching) / decay (Hawkes and Oakes 1974): e^-20 of them outlive the lead.
        int lead = Math.Min((int)Math.Ceiling(20 * Options.DecayDays / (1 - Options.Branching)), Options.Start.DayNumber);
        DateOnly origin = Options.Start.AddDays(-lead);
        _origin = origin.ToDateTime(TimeOnly.MinValue);
        _rhythm = new Rhythm(origin, lead + Options.Days, Options.DailySwing, Options.WeeklySwing, Options.YearlySwing);
        var random = new SimulationRandom(Options.Seed);
        Centers = DrawCenters(random);
        _events = Simulate(random, lead + Options.Days, cancellationToken);
        Incidents = [.. _events.SkipWhile(happened => happened.Time < lead).Select(ToIncident)];
    }

    /// <summary>What the city is like.</summary>
    public SimulatedCityOptions Options { get; }

    /// <summary>Where the background's incidents happen.</summary>
    public IReadOnlyList<SimulatedCenter> Centers { get; }

    /// <summary>
    /// The incidents in order of time, to the second (rounded down), with sequential ids; some lie outside the study area.
    /// </summary>
    public IReadOnlyList<Incident> Incidents { get; }

    double BackgroundPerDay => Options.EventsPerDay * (1 - Options.Branching);

    SimulatedCenter[] DrawCenters(SimulationRandom random)
    {
        double height = Options.Bounds.HeightMeters, width = Options.Bounds.WidthMeters, side = Math.Min(height, width);
        var centers = new SimulatedCenter[Options.Centers];
        double total = 0;
        for (int i = 0; i < centers.Length; i++)
        {
            // From a busy corner to a whole district; a spread of at most an eighth of the side and a margin of a quarter keep
            // nearly all of a centre inside.
            centers[i] = new SimulatedCenter(
                _plane.Latitude(random.Uniform(-0.25, 0.25) * height), _plane.Longitude(random.Uniform(-0.25, 0.25) * width),
                random.Uniform(0.02, 0.12) * side, random.Uniform(0.2, 1));
            total += centers[i].Share;
        }
        return [.. centers.Select(center => center with { Share = center.Share / total })];
    }

    Event[] Simulate(SimulationRandom random, int days, CancellationToken cancellationToken)
    {
        var events = new List<Event>();
        var pending = new Stack<Event>();
        // Both loops draw a Poisson process of rate 1 and stretch its time axis to the rate wanted. Each cluster is drawn to its end,
        // past the last day too, so that the draws that follow do not depend on the number of days.
        for (double background = random.Exponential(); background < BackgroundPerDay * _rhythm.Total; background += random.Exponential())
        {
            cancellationToken.ThrowIfCancellationRequested();
            SimulatedCenter center = Pick(Centers, center => center.Share, random);
            pending.Push(Draw(_rhythm.TimeAt(background / BackgroundPerDay),
                _plane.EastOf(center.Longitude), _plane.NorthOf(center.Latitude), center.SpreadMeters, random));
            while (pending.TryPop(out Event parent))
            {
                if (parent.Time < days)
                    events.Add(parent);
                for (double child = random.Exponential(); child < Options.Branching; child += random.Exponential())
                {
                    double delay = -Options.DecayDays * Math.Log(1 - child / Options.Branching);
                    pending.Push(Draw(parent.Time + delay, parent.East, parent.North, Options.SpreadMeters, random));
                }
            }
        }
        return [.. events.OrderBy(happened => happened.Time)];
    }

    Event Draw(double time, double east, double north, double spread, SimulationRandom random)
    {
        (double toEast, double toNorth) = random.Gaussians();
        string? kind = Options.Kinds.Count == 0 ? null : Pick(Options.Kinds, kind => kind.Share, random).Name;
        return new Event(time, east + spread * toEast, north + spread * toNorth, kind);
    }

    Incident ToIncident(Event happened, int id) => new(
        _origin.AddSeconds(Math.Floor(happened.Time * 86_400)),
        Math.Round(_plane.Latitude(happened.North), Options.CoordinateDecimals),
        Math.Round(_plane.Longitude(happened.East), Options.CoordinateDecimals),
        happened.Kind) { Id = id };

    static T Pick<T>(IReadOnlyList<T> items, Func<T, double> share, SimulationRandom random)
    {
        double left = random.Uniform() * items.Sum(share);
        int i = 0;
        while (i < items.Count - 1 && (left -= share(items[i])) >= 0)
            i++;
        return items[i];
    }
}
