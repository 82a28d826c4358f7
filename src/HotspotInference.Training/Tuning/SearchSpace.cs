namespace HotspotInference.Training.Tuning;

/// <summary>
/// The hyper-parameters that are searched together. A configuration is one value for each, in their order; a point its coordinates in the
/// unit cube, one behind the other. Immutable.
/// </summary>
sealed class SearchSpace
{
    // Where the coordinates of each begin.
    readonly int[] _starts;

    /// <summary>A space of some hyper-parameters.</summary>
    /// <exception cref="HotspotException">There are none, or two of one name.</exception>
    public SearchSpace(IReadOnlyList<HyperParameter> parameters)
    {
        if (parameters.Count == 0)
            throw new HotspotException("search space", "no hyper-parameter", "at least one", "Give --tune NAME=RANGE.");
        if (parameters.CountBy(parameter => parameter.Name).FirstOrDefault(name => name.Value > 1).Key is { } twice)
            throw new HotspotException("search space", $"'{twice}' twice", "each hyper-parameter once", "Leave one out.");
        Parameters = parameters;
        _starts = new int[parameters.Count];
        for (int i = 0; i < parameters.Count; i++)
        {
            _starts[i] = Width;
            Width += parameters[i].Width;
        }
    }

    /// <summary>The hyper-parameters.</summary>
    public IReadOnlyList<HyperParameter> Parameters { get; }

    /// <summary>How many coordinates a point has.</summary>
    public int Width { get; }

    /// <summary>How many configurations there are; infinite where a parameter is a real number.</summary>
    public double Count => Parameters.Aggregate(1.0, (count, parameter) => count * parameter.Count);

    /// <summary>The configuration whose point is nearest.</summary>
    public string[] Decode(ReadOnlySpan<double> point)
    {
        string[] values = new string[Parameters.Count];
        for (int i = 0; i < values.Length; i++)
            values[i] = Parameters[i].Decode(point.Slice(_starts[i], Parameters[i].Width));
        return values;
    }

    /// <summary>The point of a configuration.</summary>
    /// <exception cref="HotspotException">A value is none of its parameter's.</exception>
    public double[] Encode(IReadOnlyList<string> values)
    {
        double[] point = new double[Width];
        for (int i = 0; i < Parameters.Count; i++)
            Parameters[i].Encode(values[i], Coordinates(point, i));
        return point;
    }

    /// <summary>The point at a share of each parameter's values: uniform shares draw all configurations alike.</summary>
    /// <param name="shares">One a parameter, in 0 up to but not 1.</param>
    public double[] Quantile(ReadOnlySpan<double> shares)
    {
        double[] point = new double[Width];
        for (int i = 0; i < Parameters.Count; i++)
            Parameters[i].Quantile(shares[i], Coordinates(point, i));
        return point;
    }

    /// <summary>A point drawn from all alike.</summary>
    public double[] Draw(Random random)
    {
        double[] shares = new double[Parameters.Count];
        for (int i = 0; i < shares.Length; i++)
            shares[i] = random.NextDouble();
        return Quantile(shares);
    }

    /// <summary>A neighbour of a point, of which each parameter moves with a chance of two thirds, and at least one.</summary>
    public double[] Neighbour(ReadOnlySpan<double> point, double step, Random random)
    {
        double[] moved = point.ToArray();
        int always = random.Next(Parameters.Count);
        for (int i = 0; i < Parameters.Count; i++)
        {
            if (i == always || random.Next(3) > 0)
                Parameters[i].Step(Coordinates(moved, i), step, random);
        }
        return moved;
    }

    Span<double> Coordinates(double[] point, int parameter) => point.AsSpan(_starts[parameter], Parameters[parameter].Width);
}
