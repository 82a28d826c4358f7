using System.Numerics;
using System.Runtime.InteropServices;

namespace HotspotInference.Features;

/// <summary>Sums of float32 with what each addition rounds off beside them.</summary>
static class CompensatedSum
{
    /// <summary>Adds products to sums.</summary>
    /// <param name="values">What is multiplied.</param>
    /// <param name="weight">By what.</param>
    /// <param name="sums">What the products are added to.</param>
    /// <param name="low">What is missing from each sum; the sum itself is the closest float to both together.</param>
    public static void AddProducts(ReadOnlySpan<float> values, float weight, Span<float> sums, Span<float> low)
    {
        ref float value = ref MemoryMarshal.GetReference(values);
        ref float sum = ref MemoryMarshal.GetReference(sums[..values.Length]);
        ref float rest = ref MemoryMarshal.GetReference(low[..values.Length]);
        int i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            nuint at = (nuint)i;
            Vector<float> before = Vector.LoadUnsafe(ref sum, at);
            Vector<float> added =
                Vector.FusedMultiplyAdd(Vector.LoadUnsafe(ref value, at), new Vector<float>(weight), Vector.LoadUnsafe(ref rest, at));
            // Knuth's TwoSum (The Art of Computer Programming 2, 4.2.2, theorem B): what the sum rounds off, exactly.
            Vector<float> after = before + added, taken = after - before;
            after.StoreUnsafe(ref sum, at);
            (before - (after - taken) + (added - taken)).StoreUnsafe(ref rest, at);
        }
        for (; i < values.Length; i++)
        {
            float before = sums[i], added = MathF.FusedMultiplyAdd(values[i], weight, low[i]);
            float after = before + added, taken = after - before;
            sums[i] = after;
            low[i] = before - (after - taken) + (added - taken);
        }
    }
}
