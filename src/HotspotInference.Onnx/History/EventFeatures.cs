using System.Runtime.CompilerServices;

namespace HotspotInference.Onnx.History;

/// <summary>
/// The features of the cell-periods with incidents, laid out <c>[block, feature, event]</c>: in a block the events of one feature
/// stand side by side, so that sums over events are sums over vectors that stay in the cache.
/// </summary>
sealed class EventFeatures
{
    const int BlockSize = 256;

    readonly int _features;
    readonly float[] _values;

    /// <param name="features">How many features.</param>
    /// <param name="rows"><c>[event, feature]</c>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public EventFeatures(int features, ReadOnlySpan<float> rows)
    {
        _features = features;
        Count = rows.Length / features;
        _values = new float[rows.Length];
        for (int first = 0; first < Count; first += BlockSize)
        {
            int size = Size(first);
            Span<float> block = _values.AsSpan(first * features, size * features);
            for (int i = 0; i < size; i++)
            {
                ReadOnlySpan<float> row = rows.Slice((first + i) * features, features);
                for (int k = 0; k < row.Length; k++)
                    block[k * size + i] = row[k];
            }
        }
    }

    /// <summary>How many events.</summary>
    public int Count { get; }

    /// <summary>For each event the sum of its features times <paramref name="weights"/>.</summary>
    public double[] Mix(ReadOnlySpan<double> weights)
    {
        var mixtures = new double[Count];
        for (int first = 0; first < Count; first += BlockSize)
        {
            Span<double> mixture = mixtures.AsSpan(first, Size(first));
            for (int k = 0; k < weights.Length; k++)
            {
                if (weights[k] != 0)
                    VectorSums.AddScaled(Column(first, k), weights[k], mixture);
            }
        }
        return mixtures;
    }

    /// <summary>For each feature the sum over the events of the feature times the event's <paramref name="factors"/>.</summary>
    public double[] Sum(ReadOnlySpan<double> factors)
    {
        var sums = new double[_features];
        for (int first = 0; first < Count; first += BlockSize)
        {
            ReadOnlySpan<double> factor = factors.Slice(first, Size(first));
            for (int k = 0; k < sums.Length; k++)
                sums[k] += VectorSums.Dot(Column(first, k), factor);
        }
        return sums;
    }

    /// <summary>
    /// For each two of some features the sum over the events of their product times the event's <paramref name="factors"/>: a symmetric
    /// matrix in the order of <paramref name="features"/>, of which the part on and below the diagonal is filled.
    /// </summary>
    public double[,] Products(ReadOnlySpan<double> factors, ReadOnlySpan<int> features)
    {
        var products = new double[features.Length, features.Length];
        // Four columns are multiplied at once: those behind the last stay 0.
        double[] columns = new double[(features.Length + 3) * BlockSize], scaled = new double[BlockSize];
        Span<double> four = stackalloc double[4];
        for (int first = 0; first < Count; first += BlockSize)
        {
            int size = Size(first);
            // The last block is shorter.
            if (size < BlockSize)
            {
                Array.Clear(columns);
                Array.Clear(scaled);
            }
            for (int i = 0; i < features.Length; i++)
            {
                Span<double> column = columns.AsSpan(i * BlockSize, size);
                column.Clear();
                VectorSums.AddScaled(Column(first, features[i]), 1, column);
            }
            for (int i = 0; i < features.Length; i++)
            {
                VectorSums.Multiply(columns.AsSpan(i * BlockSize, size), factors.Slice(first, size), scaled);
                for (int j = 0; j <= i; j += 4)
                {
                    VectorSums.DotFour(scaled, columns.AsSpan(j * BlockSize, 4 * BlockSize), four);
                    for (int next = 0; next < 4 && j + next <= i; next++)
                        products[i, j + next] += four[next];
                }
            }
        }
        return products;
    }

    int Size(int firstEvent) => Math.Min(BlockSize, Count - firstEvent);

    ReadOnlySpan<float> Column(int firstEvent, int feature)
    {
        int size = Size(firstEvent);
        return _values.AsSpan(firstEvent * _features + feature * size, size);
    }
}
