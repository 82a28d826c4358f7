using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace HotspotInference.Features;

/// <summary>
/// Spreads counts over neighbouring cells with a separable Gaussian, cut at four standard deviations and scaled to sum to 1. At
/// the edges of the grid it is reflected (half-sample symmetric: the edge cell is repeated), so that no count is lost.
/// </summary>
sealed class GaussianKernel
{
    readonly double[] _weights;
    readonly int _radius;

    public GaussianKernel(double standardDeviation)
    {
        _radius = (int)(4 * standardDeviation + 0.5);
        _weights = new double[2 * _radius + 1];
        for (int i = -_radius; i <= _radius; i++)
            _weights[i + _radius] = standardDeviation > 0 ? Math.Exp(-0.5 * i * i / (standardDeviation * standardDeviation)) : 1;
        double sum = _weights.Sum();
        for (int i = 0; i < _weights.Length; i++)
            _weights[i] /= sum;
    }

    /// <summary>Adds a count at one cell, spread out, to a map of rows x columns.</summary>
    public void Spread(double count, int row, int column, int rows, int columns, Span<double> map)
    {
        // Weights from first to last fall on the grid as they are, those on either side are reflected into it.
        int first = Math.Max(0, _radius - column), last = Math.Min(2 * _radius, _radius + columns - 1 - column);
        ReadOnlySpan<double> middle = _weights.AsSpan(first, last - first + 1);
        for (int dr = -_radius; dr <= _radius; dr++)
        {
            double rowCount = count * _weights[dr + _radius];
            Span<double> target = map.Slice(Reflect(row + dr, rows) * columns, columns);
            Span<double> straight = target.Slice(column - _radius + first, middle.Length);
            // From left to right, as the sum of a cell that is reached several times depends on the order.
            for (int i = 0; i < first; i++)
                target[Reflect(column - _radius + i, columns)] += rowCount * _weights[i];
            AddScaled(middle, rowCount, straight);
            for (int i = last + 1; i < _weights.Length; i++)
                target[Reflect(column - _radius + i, columns)] += rowCount * _weights[i];
        }
    }

    // As TensorPrimitives.MultiplyAdd, whose start takes longer than the few weights of a row.
    static void AddScaled(ReadOnlySpan<double> weights, double scale, Span<double> sums)
    {
        ref double weight = ref MemoryMarshal.GetReference(weights), sum = ref MemoryMarshal.GetReference(sums);
        nuint i = 0, length = (nuint)Math.Min(weights.Length, sums.Length);
        for (; i + (nuint)Vector256<double>.Count <= length; i += (nuint)Vector256<double>.Count)
            (Vector256.LoadUnsafe(ref weight, i) * scale + Vector256.LoadUnsafe(ref sum, i)).StoreUnsafe(ref sum, i);
        for (; i < length; i++)
            Unsafe.Add(ref sum, i) += Unsafe.Add(ref weight, i) * scale;
    }

    static int Reflect(int position, int length)
    {
        // A wide kernel on a narrow grid can bounce more than once.
        while ((uint)position >= (uint)length)
            position = position < 0 ? -1 - position : 2 * length - 1 - position;
        return position;
    }
}
