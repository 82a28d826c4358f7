namespace HotspotInference.Training.Calibrations;

/// <summary>
/// Maximum likelihood of "at least one incident" with probability <c>1 - exp(-e^(slope x + shift))</c>: a regression with the complementary
/// log-log link and one explaining number. Minus the log likelihood is convex, so that Newton's method with a step that is halved where it
/// goes too far finds its least value; the same numbers give the same line.
/// </summary>
sealed class OccurrenceLine
{
    /// <summary>A slope is kept within these: what a few incidents say beyond that is chance.</summary>
    public const double LeastSlope = 0.1, LargestSlope = 10;

    // As the objective, which takes what is beyond for this.
    const double LargestLogit = 20;

    readonly float[] _logits;
    readonly bool[] _happened;
    readonly double _mean;

    /// <param name="logits">The logits x.</param>
    /// <param name="counts">How many incidents there were at each.</param>
    public OccurrenceLine(float[] logits, float[] counts)
    {
        _logits = logits;
        _happened = Array.ConvertAll(counts, count => count > 0);
        _mean = logits.Average(logit => (double)logit);
    }

    /// <summary>The line; slope 1 and shift 0 where nothing or everything happened or all logits are the same.</summary>
    public (double Slope, double Shift) Fit()
    {
        if (!_happened.Contains(true) || !_happened.Contains(false) || _logits.Min() == _logits.Max())
            return (1, 0);
        // The shift at the mean logit, which the slope does not change, and not at 0.
        (double slope, double level) = Newton(1, _mean, isSlopeFree: true);
        if (slope is not (>= LeastSlope and <= LargestSlope))
            (slope, level) = Newton(slope > LargestSlope ? LargestSlope : LeastSlope, _mean, isSlopeFree: false);
        return (slope, level - slope * _mean);
    }

    (double Slope, double Level) Newton(double slope, double level, bool isSlopeFree)
    {
        Sums at = Evaluate(slope, level);
        for (int i = 0; i < 100; i++)
        {
            double determinant = at.SlopeSlope * at.LevelLevel - at.SlopeLevel * at.SlopeLevel;
            double toSlope = isSlopeFree ? -(at.LevelLevel * at.Slope - at.SlopeLevel * at.Level) / determinant : 0;
            double toLevel = isSlopeFree ? -(at.SlopeSlope * at.Level - at.SlopeLevel * at.Slope) / determinant : -at.Level / at.LevelLevel;
            if (!double.IsFinite(toSlope) || !double.IsFinite(toLevel))
                break;
            Sums next = Evaluate(slope + toSlope, level + toLevel);
            for (int halvings = 0; next.Loss > at.Loss && halvings < 40; halvings++)
            {
                (toSlope, toLevel) = (toSlope / 2, toLevel / 2);
                next = Evaluate(slope + toSlope, level + toLevel);
            }
            if (!(next.Loss <= at.Loss))
                break;
            (slope, level, at) = (slope + toSlope, level + toLevel, next);
            if (Math.Abs(toSlope) < 1e-9 && Math.Abs(toLevel) < 1e-9)
                break;
        }
        return (slope, level);
    }

    // Minus the log likelihood with its first and second derivatives. With v = e^logit and g = v / (e^v - 1) one sample's are
    // v, v, v where nothing happened and -log(1 - e^-v), -g, g (g + v - 1) where something did.
    Sums Evaluate(double slope, double level)
    {
        Sums sums = default;
        for (int i = 0; i < _logits.Length; i++)
        {
            double x = _logits[i] - _mean, v = Math.Exp(Math.Clamp(slope * x + level, -LargestLogit, LargestLogit));
            if (!_happened[i])
            {
                sums.Add(x, v, v, v);
                continue;
            }
            // 1 - e^-v without its loss of digits for a small v.
            double t = Math.Tanh(v / 2), risk = 2 * t / (1 + t), g = v * Math.Exp(-v) / risk;
            sums.Add(x, -Math.Log(risk), -g, v < 1e-4 ? g * (v / 2 + v * v / 12) : g * (g + v - 1));
        }
        return sums;
    }

    struct Sums
    {
        public double Loss, Slope, Level, SlopeSlope, SlopeLevel, LevelLevel;

        public void Add(double x, double loss, double first, double second)
        {
            Loss += loss;
            Slope += x * first;
            Level += first;
            SlopeSlope += x * x * second;
            SlopeLevel += x * second;
            LevelLevel += second;
        }
    }
}
