using System.Globalization;

namespace HotspotInference.Onnx.Quantization;

/// <summary>
/// How large the values of a tensor are: counts of |x| in bins of equal width, which widen as larger values come. Says where a scale of
/// eight bits should end.
/// </summary>
sealed class MagnitudeHistogram
{
    const int Bins = 2048;

    readonly long[] _counts = new long[Bins];
    float _width = 1e-6f;

    /// <summary>The largest |x| so far.</summary>
    public float Largest { get; private set; }

    /// <summary>Whether every value so far was a whole number.</summary>
    public bool AreWhole { get; private set; } = true;

    /// <summary>Adds values.</summary>
    /// <exception cref="HotspotException">One is infinite or no number.</exception>
    public void Add(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            float magnitude = Math.Abs(value);
            if (!float.IsFinite(magnitude))
                throw new HotspotException("calibration windows",
                    string.Create(CultureInfo.InvariantCulture, $"{value} in them or in the network that runs on them"), "numbers",
                    "Look for what is no number in the windows, or for weights too large for float32; keep the model in full precision.");
            if (magnitude > Largest)
                Grow(magnitude);
            AreWhole &= MathF.Round(magnitude) == magnitude;
            _counts[Math.Min(Bins - 1, (int)(magnitude / _width))]++;
        }
    }

    /// <summary>Adds what another has counted.</summary>
    public void Add(MagnitudeHistogram other)
    {
        if (other.Largest > Largest)
            Grow(other.Largest);
        AreWhole &= other.AreWhole;
        for (int i = 0; i < Bins; i++)
            _counts[Math.Min(Bins - 1, (int)((i + 0.5f) * other._width / _width))] += other._counts[i];
    }

    /// <summary>Which share of the values that are not 0 is at least so large, to the width of a bin.</summary>
    public double ShareFrom(float magnitude)
    {
        long all = 0, large = 0;
        for (int i = 1; i < Bins; i++)
        {
            all += _counts[i];
            large += (i + 1) * _width > magnitude ? _counts[i] : 0;
        }
        return all == 0 ? 0 : (double)large / all;
    }

    /// <summary>
    /// The magnitude at which <paramref name="levels"/> equal steps from 0 should end so that the squared error over the values is least:
    /// what lies within is rounded, with an error of a twelfth of a step's square on average, and what lies beyond is cut off.
    /// </summary>
    /// <param name="levels">How many steps from 0 to the end.</param>
    public float End(int levels)
    {
        const int candidates = 100;
        (float best, double least) = (Largest, double.PositiveInfinity);
        for (int candidate = candidates; candidate >= candidates / 5; candidate--)
        {
            double end = (double)Largest * candidate / candidates, rounding = Math.Pow(end / levels, 2) / 12, error = 0;
            for (int i = 1; i < Bins; i++)
            {
                double beyond = Math.Max(0, (i + 0.5) * _width - end);
                error += _counts[i] * (beyond > 0 ? beyond * beyond : rounding);
            }
            if (error < least)
                (best, least) = ((float)end, error);
        }
        return best;
    }

    void Grow(float magnitude)
    {
        Largest = magnitude;
        while (Bins * _width <= magnitude)
        {
            _width *= 2;
            for (int i = 0; i < Bins; i++)
                _counts[i] = i < Bins / 2 ? _counts[2 * i] + _counts[2 * i + 1] : 0;
        }
    }
}
