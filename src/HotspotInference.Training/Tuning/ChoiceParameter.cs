namespace HotspotInference.Training.Tuning;

/// <summary>One of some values without an order: a coordinate each, 1 for the value and 0 for all others.</summary>
/// <param name="name">The option's name.</param>
/// <param name="values">The values, at least two.</param>
sealed class ChoiceParameter(string name, IReadOnlyList<string> values) : HyperParameter(name)
{
    public override int Width => values.Count;

    public override double Count => values.Count;

    public override IReadOnlyList<string> Probes => values;

    public override string AxisTitle => $"{Name}: {string.Join(", ", values.Select((value, i) => $"{i} {value}"))}";

    public override string Decode(ReadOnlySpan<double> point)
    {
        int largest = 0;
        for (int i = 1; i < point.Length; i++)
        {
            if (point[i] > point[largest])
                largest = i;
        }
        return values[largest];
    }

    public override void Encode(string value, Span<double> point)
    {
        point.Clear();
        point[Index(value)] = 1;
    }

    public override void Quantile(double share, Span<double> point)
    {
        point.Clear();
        point[(int)(share * values.Count)] = 1;
    }

    public override void Step(Span<double> point, double step, Random random)
    {
        // The nearer the search, the rarer another value.
        if (random.NextDouble() < step)
            Quantile(random.NextDouble(), point);
    }

    public override double Position(string value) => Index(value);

    public override string ToString() => $"{Name}={string.Join('|', values)}";

    int Index(string value)
    {
        for (int i = 0; i < values.Count; i++)
        {
            if (values[i] == value)
                return i;
        }
        throw new HotspotException($"--{Name}", $"'{value}'", $"a value of {this}",
            "The study is of another space: give the one it began with.");
    }
}
