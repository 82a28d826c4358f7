using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace HotspotInference.Features;

/// <summary>
/// Spreads counts over neighbouring cells with a separable Gaussian, cut at four standard deviations and scaled to sum to 1. At
/// the edges of the grid it is reflected (half-sample symmetric: the edge cell is repeated), so that no count is lost. First along a row,
/// all counts of which are then spread over the rows together.
/// </summary>
sealed class GaussianKernel
{
    readonly float[] _weights;
    readonly int _radius;

    public GaussianKernel(double standardDeviation)
    {
        _radius = (int)(4 * standardDeviation + 0.5);
        var weights = new double[2 * _radius + 1];
        for (int i = -_radius; i <= _radius; i++)
            weights[i + _radius] = standardDeviation > 0 ? Math.Exp(-0.5 * i * i / (standardDeviation * standardDeviation)) : 1;
        double sum = weights.Sum();
        _weights = [.. weights.Select(weight => (float)(weight / sum))];
    }

    /// <summary>Adds a count at one column, spread out, to a row.</summary>
    /// <returns>The first and the last column that it reaches.</returns>
    public (int First, int Last) SpreadAlong(Span<float> row, float count, int column)
    {
        int left = column - _radius;
        (int first, int end) = Straight(left, row.Length);
        for (int i = 0; i < first; i++)
            row[Reflect(left + i, row.Length)] += count * _weights[i];
        AddScaled(_weights.AsSpan(first..end), count, row[(left + first)..]);
        for (int i = end; i < _weights.Length; i++)
            row[Reflect(left + i, row.Length)] += count * _weights[i];
        return (left + first, left + end - 1);
    }

    /// <summary>Adds a part of a row to the rows of a map, spread out over them.</summary>
    /// <param name="part">From some column on.</param>
    /// <param name="row">Which row it is.</param>
    /// <param name="map">The map, from that column on.</param>
    /// <param name="columns">From row to row of the map.</param>
    /// <param name="isTouched">Receives true for each row that it reaches; as many as there are rows.</param>
    public void SpreadOver(ReadOnlySpan<float> part, int row, Span<float> map, int columns, Span<bool> isTouched)
    {
        int top = row - _radius;
        (int first, int end) = Straight(top, isTouched.Length);
        for (int i = 0; i < first; i++)
            AddScaled(part, _weights[i], map[(Reflect(top + i, isTouched.Length) * columns)..]);
        AddRows(part, _weights.AsSpan(first..end), map.Slice((top + first) * columns, (end - first - 1) * columns + part.Length), columns);
        for (int i = end; i < _weights.Length; i++)
            AddScaled(part, _weights[i], map[(Reflect(top + i, isTouched.Length) * columns)..]);
        // What is reflected falls among the others.
        isTouched[(top + first)..(top + end)].Fill(true);
    }

    // Weights from the first up to the end fall on the grid as they are, those on either side are reflected into it.
    (int First, int End) Straight(int start, int length) => (Math.Max(0, -start), Math.Min(_weights.Length, length - start));

    // As TensorPrimitives.MultiplyAdd, whose start takes longer than the few weights of a row.
    static void AddScaled(ReadOnlySpan<float> values, float scale, Span<float> sums) => AddRows(values, [scale], sums[..values.Length], 0);

    // Some columns of all rows, and then the next ones: their values are read once.
    static void AddRows(ReadOnlySpan<float> values, ReadOnlySpan<float> scales, Span<float> map, int columns)
    {
        ref float value = ref MemoryMarshal.GetReference(values), scale = ref MemoryMarshal.GetReference(scales);
        nuint i = 0, length = (nuint)values.Length;
        for (; i + (nuint)Vector256<float>.Count <= length; i += (nuint)Vector256<float>.Count)
        {
            ref float sum = ref Unsafe.Add(ref MemoryMarshal.GetReference(map), i);
            Vector256<float> some = Vector256.LoadUnsafe(ref value, i);
            for (int row = 0; row < scales.Length; row++, sum = ref Unsafe.Add(ref sum, columns))
                (some * Unsafe.Add(ref scale, row) + Vector256.LoadUnsafe(ref sum)).StoreUnsafe(ref sum);
        }
        for (; i + (nuint)Vector128<float>.Count <= length; i += (nuint)Vector128<float>.Count)
        {
            ref float sum = ref Unsafe.Add(ref MemoryMarshal.GetReference(map), i);
            Vector128<float> some = Vector128.LoadUnsafe(ref value, i);
            for (int row = 0; row < scales.Length; row++, sum = ref Unsafe.Add(ref sum, columns))
                (some * Unsafe.Add(ref scale, row) + Vector128.LoadUnsafe(ref sum)).StoreUnsafe(ref sum);
        }
        for (; i < length; i++)
        {
            for (int row = 0; row < scales.Length; row++)
                map[row * columns + (int)i] += Unsafe.Add(ref value, i) * scales[row];
        }
    }

    static int Reflect(int position, int length)
    {
        // A wide kernel on a narrow grid can bounce more than once.
        while ((uint)position >= (uint)length)
            position = position < 0 ? -1 - position : 2 * length - 1 - position;
        return position;
    }
}
