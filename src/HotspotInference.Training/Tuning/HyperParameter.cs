namespace HotspotInference.Training.Tuning;

/// <summary>
/// Something about a training that is searched for. Its values are text, as on the command line; the search sees them as coordinates of the
/// unit cube. Immutable.
/// </summary>
/// <param name="name">The option's name, without dashes.</param>
abstract class HyperParameter(string name)
{
    /// <summary>The option's name, without dashes.</summary>
    public string Name => name;

    /// <summary>How many coordinates it takes.</summary>
    public abstract int Width { get; }

    /// <summary>How many values there are; infinite where they are real numbers.</summary>
    public abstract double Count { get; }

    /// <summary>Values between which all others lie, or all of them: what an option has to accept.</summary>
    public abstract IReadOnlyList<string> Probes { get; }

    /// <summary>The value whose coordinates are nearest.</summary>
    /// <param name="point">As many coordinates as <see cref="Width"/>, each in 0..1.</param>
    public abstract string Decode(ReadOnlySpan<double> point);

    /// <summary>The coordinates of a value.</summary>
    /// <exception cref="HotspotException">It is none of its values.</exception>
    public abstract void Encode(string value, Span<double> point);

    /// <summary>The coordinates of the value below which a share of all lies, so that a uniform share draws all alike.</summary>
    /// <param name="share">In 0 up to but not 1.</param>
    /// <param name="point">Receives the coordinates.</param>
    public abstract void Quantile(double share, Span<double> point);

    /// <summary>Goes from one point to a neighbour.</summary>
    /// <param name="point">Coordinates, which are changed.</param>
    /// <param name="step">How far, 0..1.</param>
    /// <param name="random">Where to.</param>
    public abstract void Step(Span<double> point, double step, Random random);

    /// <summary>The value on the horizontal axis of a plot.</summary>
    public abstract double Position(string value);

    /// <summary>How <see cref="Position"/> reads on an axis: the option's name, with what its positions mean.</summary>
    public abstract string AxisTitle { get; }

    /// <summary>The parameter as <c>--tune</c> takes it.</summary>
    public abstract override string ToString();
}
