namespace HotspotInference.Grids;

public sealed partial record AxisLattice
{
    // Enough to tell a lattice; more only takes longer.
    const int SampleSize = 100_000;

    // Closer coordinates differ by floating-point error alone: 1e-9 degree is a tenth of a millimetre.
    const double SameLine = 1e-9;

    static readonly double[] s_decimalSteps =
        [1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0005, 0.0002, 0.0001, MinimumStep];

    /// <summary>Finds the coarsest lattice that coordinates sit on.</summary>
    /// <remarks>
    /// Tried are 1, 2 and 5 times the powers of ten, and the most common gap between the most used coordinates (for a step that is no
    /// round number), refined by least squares. The offset of a candidate is the circular mean of the coordinates modulo its step.
    /// A much repeated address counts no more than the tenth most repeated, so that a few addresses cannot pass for a lattice.
    /// Sorting dominates the time; from more than 100,000 coordinates an even sample is taken to find the step.
    /// </remarks>
    /// <param name="coordinates">Latitudes or longitudes, degrees. One that is not a number counts as off the lattice.</param>
    /// <param name="minimumShare">The share that must sit on the lattice, above 0.5 up to 1.</param>
    /// <returns>Null where the coordinates are continuous, or too few lines are occupied to tell.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="minimumShare"/> is out of range.</exception>
    public static AxisLattice? Detect(ReadOnlySpan<double> coordinates, double minimumShare = 0.9)
    {
        if (!(minimumShare is > 0.5 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(minimumShare), minimumShare, "Expected a share above 0.5 up to 1.");
        (double[] lines, double[] weights) = Lines(coordinates);
        if (lines.Length < MinimumLines)
            return null;
        foreach (double step in CandidateSteps(lines, weights))
        {
            if (CircularMean(lines, weights, step) is not double origin)
                continue;
            var lattice = new AxisLattice(step, origin, 0);
            if (lattice.Holds(lines, weights, minimumShare) && lattice.ShareOf(coordinates) is double share && share >= minimumShare)
                return lattice with { Share = share };
        }
        return null;
    }

    bool Holds(double[] lines, double[] weights, double minimumShare)
    {
        double on = 0, all = 0, last = double.NaN;
        int occupied = 0;
        for (int i = 0; i < lines.Length; i++)
        {
            all += weights[i];
            if (!Contains(lines[i]))
                continue;
            on += weights[i];
            double index = Math.Round(IndexOf(lines[i]));
            occupied += index != last ? 1 : 0;
            last = index;
        }
        return on >= minimumShare * all && occupied >= MinimumLines;
    }

    // Distinct coordinates, ascending, with how often each occurs, none weighing more than the tenth heaviest.
    static (double[] Lines, double[] Weights) Lines(ReadOnlySpan<double> coordinates)
    {
        int stride = (coordinates.Length + SampleSize - 1) / SampleSize;
        var sorted = new List<double>(Math.Min(coordinates.Length, SampleSize));
        for (int i = 0; i < coordinates.Length; i += stride)
        {
            if (double.IsFinite(coordinates[i]))
                sorted.Add(coordinates[i]);
        }
        sorted.Sort();
        var lines = new List<double>();
        var weights = new List<double>();
        foreach (double value in sorted)
        {
            if (lines.Count > 0 && value - lines[^1] <= SameLine)
            {
                weights[^1]++;
                continue;
            }
            lines.Add(value);
            weights.Add(1);
        }
        if (lines.Count >= MinimumLines)
        {
            double cap = weights.OrderDescending().ElementAt(MinimumLines - 1);
            for (int i = 0; i < weights.Count; i++)
                weights[i] = Math.Min(weights[i], cap);
        }
        return ([.. lines], [.. weights]);
    }

    // Coarsest first: every lattice also lies on each finer one that divides it.
    static List<double> CandidateSteps(double[] lines, double[] weights)
    {
        double extent = lines[^1] - lines[0];
        var steps = s_decimalSteps.Where(step => step * (MinimumLines - 1) <= extent * (1 + Tolerance)).ToList();
        if (CommonGap(lines, weights) is double gap)
        {
            double refined = Refine(lines, weights, gap);
            // Of two all but equal steps the round number goes first: the other is the same with an error.
            int at = steps.FindIndex(step => step < refined * 0.999);
            if (refined >= MinimumStep)
                steps.Insert(at < 0 ? steps.Count : at, refined);
        }
        return steps;
    }

    // The most common gap, within 2%, between the most used lines, which together hold 90% of the coordinates.
    static double? CommonGap(double[] lines, double[] weights)
    {
        double left = 0.9 * weights.Sum(), lightest = 0;
        foreach (double weight in weights.OrderDescending().TakeWhile(_ => left > 0))
        {
            left -= weight;
            lightest = weight;
        }
        var gaps = new List<double>();
        double previous = double.NaN;
        for (int i = 0; i < lines.Length; i++)
        {
            if (weights[i] < lightest)
                continue;
            if (lines[i] - previous >= MinimumStep)
                gaps.Add(lines[i] - previous);
            previous = lines[i];
        }
        gaps.Sort();
        int best = 0, first = 0, size = 0;
        for (int end = 0; end < gaps.Count; end++)
        {
            while (gaps[first] < gaps[end] * 0.98)
                first++;
            if (end - first + 1 > size)
                (best, size) = (first, end - first + 1);
        }
        return size == 0 ? null : gaps[best + size / 2];
    }

    // Least squares on ever more lines around the heaviest one: each round knows the step well enough to number the lines of the next.
    static double Refine(double[] lines, double[] weights, double step)
    {
        double anchor = lines[Array.IndexOf(weights, weights.Max())];
        double extent = lines[^1] - lines[0];
        for (double reach = 8 * step; ; reach *= 2)
        {
            double cross = 0, square = 0;
            for (int i = 0; i < lines.Length; i++)
            {
                double distance = lines[i] - anchor, index = Math.Round(distance / step);
                if (Math.Abs(distance) > reach || Math.Abs(distance / step - index) > 2 * Tolerance)
                    continue;
                cross += weights[i] * index * distance;
                square += weights[i] * index * index;
            }
            if (square > 0)
                step = cross / square;
            if (reach > extent)
                return step;
        }
    }

    // The offset, 0 <= origin < step, snapped to 0 or to half a step where it is that up to floating error; null where there is no
    // direction.
    static double? CircularMean(double[] lines, double[] weights, double step)
    {
        double sine = 0, cosine = 0;
        for (int i = 0; i < lines.Length; i++)
        {
            (double s, double c) = Math.SinCos(2 * Math.PI * (lines[i] / step - Math.Round(lines[i] / step)));
            sine += weights[i] * s;
            cosine += weights[i] * c;
        }
        if (sine == 0 && cosine == 0)
            return null;
        double phase = Math.Atan2(sine, cosine) / (2 * Math.PI);
        phase = phase < -1e-3 ? phase + 1 : phase;
        return Math.Abs(phase) <= 1e-3 ? 0 : Math.Abs(phase - 0.5) <= 1e-3 ? step / 2 : Rounded(phase * step);
    }
}
