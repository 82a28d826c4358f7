using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace HotspotInference.Onnx.History;

/// <summary>
/// The inner loops of a fit, over floats in double precision. They are compiled with optimisation at once: a fit is over before the
/// runtime would do so by itself, and the framework's own loops over vectors are slow until then.
/// </summary>
static class VectorSums
{
    const MethodImplOptions Hot = MethodImplOptions.AggressiveOptimization;

    /// <summary>The sum of the values.</summary>
    [MethodImpl(Hot)]
    public static double Sum(ReadOnlySpan<float> values)
    {
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        Vector<double> even = default, odd = default;
        for (int i = 0; i < vectors.Length; i++)
        {
            Vector.Widen(vectors[i], out Vector<double> low, out Vector<double> high);
            even += low;
            odd += high;
        }
        double sum = Vector.Sum(even + odd);
        for (int i = vectors.Length * Vector<float>.Count; i < values.Length; i++)
            sum += values[i];
        return sum;
    }

    /// <summary>Adds <paramref name="weight"/> times a column.</summary>
    [MethodImpl(Hot)]
    public static void AddScaled(ReadOnlySpan<float> column, double weight, Span<double> target)
    {
        ReadOnlySpan<Vector<float>> columns = MemoryMarshal.Cast<float, Vector<float>>(column);
        Span<Vector<double>> targets = MemoryMarshal.Cast<double, Vector<double>>(target);
        var weights = new Vector<double>(weight);
        for (int i = 0; i < columns.Length; i++)
        {
            Vector.Widen(columns[i], out Vector<double> low, out Vector<double> high);
            targets[2 * i] += weights * low;
            targets[2 * i + 1] += weights * high;
        }
        for (int i = columns.Length * Vector<float>.Count; i < column.Length; i++)
            target[i] += weight * column[i];
    }

    /// <summary>The sum of the products.</summary>
    [MethodImpl(Hot)]
    public static double Dot(ReadOnlySpan<float> column, ReadOnlySpan<double> factor)
    {
        ReadOnlySpan<Vector<float>> columns = MemoryMarshal.Cast<float, Vector<float>>(column);
        ReadOnlySpan<Vector<double>> factors = MemoryMarshal.Cast<double, Vector<double>>(factor);
        Vector<double> even = default, odd = default;
        for (int i = 0; i < columns.Length; i++)
        {
            Vector.Widen(columns[i], out Vector<double> low, out Vector<double> high);
            even += factors[2 * i] * low;
            odd += factors[2 * i + 1] * high;
        }
        double sum = Vector.Sum(even + odd);
        for (int i = columns.Length * Vector<float>.Count; i < column.Length; i++)
            sum += column[i] * factor[i];
        return sum;
    }

    /// <summary>The products.</summary>
    [MethodImpl(Hot)]
    public static void Multiply(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> product)
    {
        for (int i = 0; i < left.Length; i++)
            product[i] = left[i] * right[i];
    }

    /// <summary>
    /// The sums of the products of one column with each of four that stand behind each other; a whole number of vectors long.
    /// </summary>
    [MethodImpl(Hot)]
    public static void DotFour(ReadOnlySpan<double> scaled, ReadOnlySpan<double> columns, Span<double> sums)
    {
        int size = scaled.Length;
        ReadOnlySpan<Vector<double>> left = MemoryMarshal.Cast<double, Vector<double>>(scaled);
        ReadOnlySpan<Vector<double>> first = MemoryMarshal.Cast<double, Vector<double>>(columns[..size]);
        ReadOnlySpan<Vector<double>> second = MemoryMarshal.Cast<double, Vector<double>>(columns[size..(2 * size)]);
        ReadOnlySpan<Vector<double>> third = MemoryMarshal.Cast<double, Vector<double>>(columns[(2 * size)..(3 * size)]);
        ReadOnlySpan<Vector<double>> fourth = MemoryMarshal.Cast<double, Vector<double>>(columns[(3 * size)..(4 * size)]);
        Vector<double> a = default, b = default, c = default, d = default;
        for (int i = 0; i < left.Length; i++)
        {
            Vector<double> factor = left[i];
            a += factor * first[i];
            b += factor * second[i];
            c += factor * third[i];
            d += factor * fourth[i];
        }
        (sums[0], sums[1], sums[2], sums[3]) = (Vector.Sum(a), Vector.Sum(b), Vector.Sum(c), Vector.Sum(d));
    }
}
