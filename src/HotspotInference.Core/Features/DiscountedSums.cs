using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace HotspotInference.Features;

/// <summary>
/// Discounted sums of maps, one after the other, in float32. Old maps are not made smaller from period to period, but new ones larger: only
/// where something happened a sum is touched, and rounded.
/// </summary>
/// <remarks>
/// An addition rounds by at most 2^-24 of the sum, up or down as chance has it, since the weight of a count differs from period to period:
/// beside double precision means are off by at most 3e-6 of themselves after 6,000 periods, 4e-6 after 50,000 (half-lives up to
/// <see cref="LongestPlain"/>). Where weights differ too little for chance, with longer ones, what is rounded off is added up as well:
/// 2e-7. Float sums that are multiplied by their discount in every period were off by up to 7e-5 after 4,000.
/// </remarks>
/// <param name="halfLife">In periods, at least 0, up to infinity.</param>
/// <param name="length">How many sums.</param>
sealed class DiscountedSums(double halfLife, int length)
{
    // Sums are divided each time that they have grown by so many powers of two, which is exact.
    const int GrowthBits = 32;
    // One period leaves 2^-1000 of a sum, of which float32 knows nothing: the last period is all there is, as with half-life 0.
    const double ShortestHalfLife = 1e-3;
    const double LongestPlain = 1024;

    readonly double _halfLife = Math.Max(halfLife, ShortestHalfLife);
    readonly double _decay = Math.Pow(0.5, 1 / Math.Max(halfLife, ShortestHalfLife));
    readonly float[] _sums = new float[length];
    readonly float[] _low = new float[halfLife > LongestPlain ? length : 0];
    long _age;
    // What one count of the last period added to its sum.
    double _weight = 1;
    double _periods;

    /// <summary>Adds the next map.</summary>
    /// <param name="map">As many values as there are sums.</param>
    /// <param name="runs">Where they may not be zero.</param>
    public void Append(ReadOnlySpan<float> map, ReadOnlySpan<CellRun> runs)
    {
        double shrinking = Shrinkings(_age);
        _age++;
        shrinking -= Shrinkings(_age);
        if (shrinking < 0)
            Shrink((float)Math.Pow(2, shrinking * GrowthBits));
        _weight = WeightNow();
        _periods = _periods * _decay + 1;
        foreach (CellRun run in runs)
        {
            ReadOnlySpan<float> values = map.Slice(run.Start, run.Length);
            Span<float> sums = _sums.AsSpan(run.Start, run.Length);
            if (_low.Length > 0)
                CompensatedSum.AddProducts(values, (float)_weight, sums, _low.AsSpan(run.Start, run.Length));
            else
                TensorPrimitives.FusedMultiplyAdd(values, (float)_weight, sums, sums);
        }
    }

    /// <summary>Writes the sums over the discounted number of maps: their mean. Zeros before the first.</summary>
    public void CopyTo(Span<float> means) =>
        TensorPrimitives.Multiply(_sums, _periods > 0 ? (float)(1 / (_weight * _periods)) : 0, means);

    public void Write(BinaryWriter writer)
    {
        writer.Write(_age);
        writer.Write(_periods);
        writer.Write(MemoryMarshal.AsBytes<float>(_sums));
        writer.Write(MemoryMarshal.AsBytes<float>(_low));
    }

    public void Read(BinaryReader reader)
    {
        _age = reader.ReadInt64();
        _periods = reader.ReadDouble();
        _weight = WeightNow();
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(_sums.AsSpan()));
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(_low.AsSpan()));
    }

    /// <summary>Reads sums as they were written in double precision, without their number of maps.</summary>
    public void ReadDoubles(BinaryReader reader)
    {
        for (int i = 0; i < _sums.Length; i++)
        {
            double sum = reader.ReadDouble();
            _sums[i] = (float)sum;
            if (_low.Length > 0)
                _low[i] = (float)(sum - _sums[i]);
        }
    }

    /// <summary>Takes a discounted number of maps.</summary>
    public void SetPeriods(double periods) => _periods = periods;

    void Shrink(float scale)
    {
        TensorPrimitives.Multiply(_sums, scale, _sums);
        TensorPrimitives.Multiply(_low, scale, _low);
    }

    double Shrinkings(long age) => Math.Floor(age / (_halfLife * GrowthBits));

    double WeightNow() => Math.Pow(2, _age / _halfLife - Shrinkings(_age) * GrowthBits);
}
