using System.Numerics;
using System.Runtime.InteropServices;

namespace HotspotInference.Heatmaps;

/// <summary>Maps of ones and zeros: whether there were incidents, whatever their number.</summary>
public static class BinaryMap
{
    /// <summary>Counts at or above the threshold become 1 and all others 0, in place.</summary>
    /// <param name="counts">Counts of any shape.</param>
    /// <param name="threshold">Above 0: 1 for at least one incident.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threshold"/> is not a number above 0.</exception>
    public static void Binarize(Span<float> counts, float threshold)
    {
        if (!(threshold > 0))
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold,
                "Expected a number above 0: with any other every cell would be 1.");
        Span<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(counts);
        foreach (ref Vector<float> vector in vectors)
            vector = Vector.ConditionalSelect(Vector.GreaterThanOrEqual(vector, new Vector<float>(threshold)),
                Vector<float>.One, Vector<float>.Zero);
        foreach (ref float count in counts[(vectors.Length * Vector<float>.Count)..])
            count = count >= threshold ? 1 : 0;
    }
}
