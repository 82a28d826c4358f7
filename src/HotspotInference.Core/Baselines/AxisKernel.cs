using System.Numerics.Tensors;

namespace HotspotInference.Baselines;

/// <summary>
/// One axis of a Gaussian that moves incidents, both ends binned into cells: the weight of a distance of d cells is the chance that a
/// point anywhere in a cell lands d cells away. What would leave the grid is shared out among the cells that it can reach.
/// </summary>
sealed class AxisKernel
{
    readonly int _radius;
    readonly int _size;
    // [target, source - target + radius]
    readonly double[] _weights;

    /// <param name="size">Cells along the axis.</param>
    /// <param name="deviation">Standard deviation in cells, at least 0 (0: nothing moves).</param>
    public AxisKernel(int size, double deviation)
    {
        _size = size;
        _radius = (int)Math.Min(size - 1, Math.Ceiling(4 * deviation));
        int width = 2 * _radius + 1;
        var shape = new double[_radius + 1];
        for (int d = 0; d <= _radius; d++)
            shape[d] = Weight(d, deviation);
        _weights = new double[size * width];
        for (int source = 0; source < size; source++)
        {
            int first = Math.Max(0, source - _radius), last = Math.Min(size - 1, source + _radius);
            double sum = 0;
            for (int target = first; target <= last; target++)
                sum += shape[Math.Abs(target - source)];
            for (int target = first; target <= last; target++)
                _weights[target * width + source - target + _radius] = shape[Math.Abs(target - source)] / sum;
        }
    }

    /// <summary>Weighs whole rows: <c>across[column] = sum over rows of weight(target, row) x map[row, column]</c>.</summary>
    public void Weigh(ReadOnlySpan<double> map, int target, Span<double> across)
    {
        across.Clear();
        (int first, int last, int offset) = Band(target);
        for (int row = first; row <= last; row++)
            TensorPrimitives.MultiplyAdd(map.Slice(row * across.Length, across.Length), _weights[offset + row], across, across);
    }

    /// <summary>Weighs the cells of one row.</summary>
    public double Weigh(ReadOnlySpan<double> row, int target)
    {
        (int first, int last, int offset) = Band(target);
        return TensorPrimitives.Dot(row[first..(last + 1)], _weights.AsSpan(offset + first, last - first + 1));
    }

    (int First, int Last, int Offset) Band(int target) =>
        (Math.Max(0, target - _radius), Math.Min(_size - 1, target + _radius), target * (2 * _radius + 1) + _radius - target);

    // The second difference of x P(Z < x / s) + s p(x / s), the twice integrated density, but for a factor of s.
    static double Weight(int distance, double deviation) => deviation <= 0
        ? (distance == 0 ? 1 : 0)
        : Math.Max(0, Integral((distance + 1) / deviation) - 2 * Integral(distance / deviation) + Integral((distance - 1) / deviation));

    static double Integral(double x) => x * NormalDistribution.Below(x) + NormalDistribution.Density(x);
}
