using System.Globalization;
using HotspotInference.Training.Tuning;

namespace HotspotInference.Training.Tests.Tuning;

/// <summary>A function that optimisers are tried on, whose least value is known (Surjanovic and Bingham, Virtual Library of Simulation
/// Experiments).</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Space">Where it is defined.</param>
/// <param name="Least">Its least value there.</param>
/// <param name="Value">Its value.</param>
sealed record KnownFunction(string Name, SearchSpace Space, double Least, Func<double[], double> Value)
{
    static readonly double[] s_weights = [1, 1.2, 3, 3.2];
    static readonly double[][] s_steepness =
        [[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]];
    static readonly double[][] s_centers =
    [
        [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886], [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
        [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650], [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
    ];

    public static KnownFunction Branin { get; } = new("Branin", SpaceOf("x1=linear:-5..10", "x2=linear:0..15"), 0.397887, x =>
        Math.Pow(x[1] - 5.1 / (4 * Math.PI * Math.PI) * x[0] * x[0] + 5 / Math.PI * x[0] - 6, 2)
        + 10 * (1 - 1 / (8 * Math.PI)) * Math.Cos(x[0]) + 10);

    public static KnownFunction Hartmann6 { get; } = new("Hartmann 6", SpaceOf([.. Enumerable.Range(1, 6).Select(d =>
        $"x{d}=linear:0..1")]), -3.32237,
        x => -Enumerable.Range(0, 4).Sum(i => s_weights[i]
            * Math.Exp(-Enumerable.Range(0, 6).Sum(d => s_steepness[i][d] * Math.Pow(x[d] - s_centers[i][d], 2)))));

    public double At(IReadOnlyList<string> values) => Value([.. values.Select(value => double.Parse(value, CultureInfo.InvariantCulture))]);

    /// <summary>The least value that a search meets.</summary>
    public double Search(SearchMethod method, int trials)
    {
        var seen = new List<Observation>();
        for (int trial = 0; trial < trials; trial++)
        {
            string[] values = method.Propose(trial, seen, [])!;
            seen.Add(new Observation(values, 1, At(values)));
        }
        return seen.Min(observation => observation.Score!.Value);
    }

    static SearchSpace SpaceOf(params string[] texts) => new([.. texts.Select(HyperParameterText.Parse)]);
}
