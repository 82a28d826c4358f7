namespace HotspotInference.Training.Tuning;

/// <summary>What a Gaussian process with a Matérn 5/2 kernel depends on. Immutable.</summary>
/// <param name="Lengths">The length scale of each coordinate, in units of the cube: automatic relevance determination.</param>
/// <param name="Variance">The function's variance.</param>
/// <param name="Noise">The variance of an observation around the function.</param>
sealed record KernelParameters(double[] Lengths, double Variance, double Noise);
