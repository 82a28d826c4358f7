using HotspotInference.Heatmaps;
using HotspotInference.Incidents;
using HotspotInference.Periods;

namespace HotspotInference.Simulation;

public sealed partial class SimulatedCity
{
    // Of a cascade, generations that together hold less than this share of their parents' mass are left out; of past events, those
    // of which less is left.
    const double NegligibleMass = 1e-9;

    /// <summary>The periods of a cadence that lie wholly within the simulated days.</summary>
    public PeriodRange WholePeriods(Cadence cadence)
    {
        (DateTime start, DateTime end) = Span;
        long first = cadence.IndexOf(start);
        if (cadence.StartOf(first) < start)
            first++;
        return new PeriodRange(cadence, first, (int)Math.Max(0, cadence.IndexOf(end) - first));
    }

    /// <summary>
    /// The true intensity: the expected count of each class in each cell in each period, given everything that happened before the
    /// period's start. No causal forecaster knows more: ranking cells by it catches, in expectation, the most incidents.
    /// </summary>
    /// <remarks>
    /// Exact, whole cascades within the period included. With branching n, decay tau and spread s, an event at time t before the start a
    /// sets off, by the end a + L, n^g P(g, L/tau) exp(-(a-t)/tau) events that are g generations away and whose distance has the variance
    /// g s^2: a sum of g exponential delays is a gamma variate, and P is its distribution function. Background of the period itself adds
    /// its own cascades alike, integrated over its hour of birth. Left-out days and missing periods of <paramref name="spec"/> play no
    /// part. Coordinates are taken before rounding.
    /// </remarks>
    /// <param name="spec">Grid, cadence and kinds; any grid, not only one over <see cref="SimulatedCityOptions.Bounds"/>.</param>
    /// <param name="periods">The periods, all of them within the simulated days.</param>
    /// <returns>For each period in order a new array <c>[class, row, column]</c>, made as the sequence is walked.</returns>
    /// <exception cref="ArgumentException">The cadences of <paramref name="spec"/> and <paramref name="periods"/> differ.</exception>
    /// <exception cref="HotspotException">A period reaches outside the simulated days.</exception>
    public IEnumerable<float[]> ExpectedCounts(HeatmapSpec spec, PeriodRange periods)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (spec.Cadence != periods.Cadence)
            throw new ArgumentException(
                $"The periods are of a {periods.Cadence}; expected the heat maps' {spec.Cadence}.", nameof(periods));
        (DateTime start, DateTime end) = Span;
        if (periods.Count > 0 && (periods.Start < start || periods.EndTime > end))
            throw new HotspotException("true intensity", periods.ToString(),
                $"periods within {new PeriodRange(Cadence.Day, Cadence.Day.IndexOf(start), Options.Days)}",
                "Ask for fewer periods or simulate more days.");
        return WalkExpectedCounts(spec, periods);
    }

    (DateTime Start, DateTime End) Span =>
        (Options.Start.ToDateTime(TimeOnly.MinValue), Options.Start.AddDays(Options.Days).ToDateTime(TimeOnly.MinValue));

    IEnumerable<float[]> WalkExpectedCounts(HeatmapSpec spec, PeriodRange periods)
    {
        double[] ends = [.. Enumerable.Range(0, periods.Count + 1).Select(i =>
            (periods.Cadence.StartOf(periods.First + i) - _origin).TotalDays)];
        int generations = CountGenerations(periods.Count == 0 ? 0 : Enumerable.Range(0, periods.Count).Max(i => ends[i + 1] - ends[i]));
        var masses = new CellMasses(spec.Grid, _plane);
        // [generation]: where the background's cascades lie, and where those of past events do, discounted to the period's start.
        double[][] background = [.. Enumerable.Range(0, generations + 1).Select(generation =>
            BackgroundField(generation, masses, spec.Grid))];
        double[][] excited = [.. Enumerable.Range(0, generations + 1).Select(_ => new double[spec.Grid.CellCount])];
        double[] shares = ClassShares(spec.Kinds);
        var expected = new double[spec.Grid.CellCount];
        double discountedTo = 0;
        int past = 0;
        for (int period = 0; period < periods.Count; period++)
        {
            double start = ends[period], length = ends[period + 1] - start;
            double kept = Math.Exp(-(start - discountedTo) / Options.DecayDays);
            for (int generation = 1; generation <= generations; generation++)
                Scale(excited[generation], kept);
            for (; past < _events.Length && _events[past].Time < start; past++)
            {
                double weight = Math.Exp(-(start - _events[past].Time) / Options.DecayDays);
                for (int generation = 1; generation <= generations && weight > NegligibleMass; generation++)
                    masses.Add(excited[generation], _events[past].East, _events[past].North,
                        Math.Sqrt(generation) * Options.SpreadMeters, weight);
            }
            discountedTo = start;

            Array.Clear(expected);
            double[] born = BornAndGrown(start, ends[period + 1], generations), grown = Gammas(generations, length / Options.DecayDays);
            for (int generation = 0; generation <= generations; generation++)
            {
                double power = Math.Pow(Options.Branching, generation);
                AddScaled(expected, background[generation], BackgroundPerDay * power * born[generation]);
                AddScaled(expected, excited[generation], power * grown[generation]);
            }
            var counts = new float[spec.MapLength];
            for (int i = 0; i < counts.Length; i++)
                counts[i] = (float)(shares[i / expected.Length] * expected[i % expected.Length]);
            yield return counts;
        }
    }

    // P falls with the generation, so that all generations from the next on hold less than n^g P(g) / (1 - n).
    int CountGenerations(double longestPeriod)
    {
        int most = 1 + (int)Math.Ceiling(Math.Log(NegligibleMass * (1 - Options.Branching)) / Math.Log(Options.Branching));
        double[] gammas = Gammas(most, longestPeriod / Options.DecayDays);
        int next = 1;
        while (next < most && Math.Pow(Options.Branching, next) * gammas[next] / (1 - Options.Branching) > NegligibleMass)
            next++;
        return next - 1;
    }

    double[] BackgroundField(int generation, CellMasses masses, GridSpec grid)
    {
        var field = new double[grid.CellCount];
        foreach (SimulatedCenter center in Centers)
            masses.Add(field, _plane.EastOf(center.Longitude), _plane.NorthOf(center.Latitude),
                Math.Sqrt(center.SpreadMeters * center.SpreadMeters + generation * Options.SpreadMeters * Options.SpreadMeters),
                center.Share);
        return field;
    }

    // For each generation the integral over births in the period of rhythm(birth) * P(generation, (end - birth) / decay). The rhythm
    // is constant in each hour, and P(g, age / decay) has the integral age P(g, age / decay) - g decay P(g + 1, age / decay).
    double[] BornAndGrown(double start, double end, int generations)
    {
        var born = new double[generations + 1];
        double[] older = Gammas(generations + 1, (end - start) / Options.DecayDays);
        double olderAge = end - start;
        for (int hour = (int)(24 * start); hour < 24 * end; hour++)
        {
            double age = Math.Max(0, end - (hour + 1) / 24.0);
            double[] younger = Gammas(generations + 1, age / Options.DecayDays);
            for (int g = 0; g <= generations; g++)
                born[g] += _rhythm.Factor(hour)
                    * (olderAge * older[g] - age * younger[g] - g * Options.DecayDays * (older[g + 1] - younger[g + 1]));
            (older, olderAge) = (younger, age);
        }
        return born;
    }

    // P(shape, x) for the shapes 0 to last: the regularised lower incomplete gamma function of whole shapes (NIST DLMF 8.8.5).
    static double[] Gammas(int last, double x)
    {
        var gammas = new double[last + 1];
        gammas[0] = 1;
        double term = Math.Exp(-x);
        for (int shape = 1; shape <= last; shape++)
        {
            gammas[shape] = gammas[shape - 1] - term;
            term *= x / shape;
        }
        return gammas;
    }

    double[] ClassShares(KindEncoding kinds)
    {
        var shares = new double[kinds.Classes.Count];
        var classes = new int[kinds.Classes.Count];
        IEnumerable<(KindNames Kind, double Share)> drawn = Options.Kinds.Count == 0
            ? [(default, 1)]
            : Options.Kinds.Select(kind => ((KindNames)kind.Name, kind.Share / Options.Kinds.Sum(other => other.Share)));
        foreach ((KindNames kind, double share) in drawn)
        {
            for (int i = kinds.Encode(kind, classes) - 1; i >= 0; i--)
                shares[classes[i]] += share;
        }
        return shares;
    }

    static void Scale(double[] field, double factor)
    {
        for (int i = 0; i < field.Length; i++)
            field[i] *= factor;
    }

    static void AddScaled(double[] sum, double[] field, double factor)
    {
        for (int i = 0; i < sum.Length; i++)
            sum[i] += factor * field[i];
    }
}
