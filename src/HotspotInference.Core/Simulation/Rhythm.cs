namespace HotspotInference.Simulation;

/// <summary>
/// How the background rises and falls over the day, the week and the year: a factor of mean 1, constant within each hour, so
/// that its integral over any span is exact. Times are days since the origin, a midnight.
/// </summary>
sealed class Rhythm
{
    // Integral of the factor, in days, from the origin to the start of each hour.
    readonly double[] _integrals;

    public Rhythm(DateOnly origin, int days, double daily, double weekly, double yearly)
    {
        _integrals = new double[24 * days + 1];
        for (int day = 0; day < days; day++)
        {
            DateOnly date = origin.AddDays(day);
            double ofDay = (1 + weekly * Cosine((int)date.DayOfWeek - (int)DayOfWeek.Saturday, 7))
                * (1 + yearly * Cosine(date.DayOfYear - 196, 365.25));
            for (int hour = 0; hour < 24; hour++)
            {
                int i = 24 * day + hour;
                _integrals[i + 1] = _integrals[i] + ofDay * (1 + daily * Cosine(hour - 22, 24)) / 24;
            }
        }
    }

    /// <summary>Integral from the origin to the end.</summary>
    public double Total => _integrals[^1];

    /// <summary>The factor in one hour since the origin.</summary>
    public double Factor(int hour) => 24 * (_integrals[hour + 1] - _integrals[hour]);

    /// <summary>Integral from the origin to a time.</summary>
    public double IntegralTo(double time)
    {
        int hour = Math.Min((int)(24 * time), _integrals.Length - 2);
        return _integrals[hour] + (24 * time - hour) * (_integrals[hour + 1] - _integrals[hour]);
    }

    /// <summary>
    /// The time to which the integral from the origin is <paramref name="integral"/>, 0 up to but not <see cref="Total"/>.
    /// </summary>
    public double TimeAt(double integral)
    {
        int found = Array.BinarySearch(_integrals, integral);
        int hour = found >= 0 ? found : ~found - 1;
        return (hour + (integral - _integrals[hour]) / (_integrals[hour + 1] - _integrals[hour])) / 24;
    }

    static double Cosine(double sincePeak, double period) => Math.Cos(2 * Math.PI * sincePeak / period);
}
