using System.Buffers;
using HotspotInference.Features;
using HotspotInference.Forecasts;
using HotspotInference.Heatmaps;
using HotspotInference.Prediction;

namespace HotspotInference.Baselines;

/// <summary>
/// What all baselines have in common: each expects a number of incidents in every cell, and takes <c>1 - exp(-expected)</c>, the Poisson
/// probability of at least one, for its risk. Immutable and thread-safe.
/// </summary>
public abstract class IntensityForecaster : IIntensityForecaster
{
    private protected IntensityForecaster(string name, HeatmapSpec heatmaps, FeatureSpec features)
    {
        Name = name;
        Heatmaps = heatmaps;
        Features = features;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public HeatmapSpec Heatmaps { get; }

    /// <inheritdoc/>
    public FeatureSpec Features { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Classes => Heatmaps.Kinds.Classes;

    bool IIntensityForecaster.HasIntensity => true;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">
    /// The state was made for another forecaster, or <paramref name="risk"/> has another length.
    /// </exception>
    public void Predict(CityState city, int horizon, Span<float> risk)
    {
        PredictIntensity(city, horizon, risk);
        foreach (ref float value in risk)
            value = Risk(value);
    }

    void IIntensityForecaster.Predict(CityState city, int horizon, Span<float> risk, Span<float> intensity)
    {
        PredictIntensity(city, horizon, intensity);
        CheckLength(risk.Length, nameof(risk));
        for (int i = 0; i < risk.Length; i++)
            risk[i] = Risk(intensity[i]);
    }

    /// <summary>Forecasts the expected number of incidents.</summary>
    /// <param name="city">The state, made for this forecaster's <see cref="Heatmaps"/> and <see cref="Features"/>.</param>
    /// <param name="horizon">How many periods ahead: 1 is the first period that the state does not know.</param>
    /// <param name="intensity">Receives <c>[class, row, column]</c>, incidents a period, at least 0.</param>
    /// <exception cref="ArgumentException">The state was made for another forecaster, or the span has another length.</exception>
    public void PredictIntensity(CityState city, int horizon, Span<float> intensity)
    {
        ArgumentNullException.ThrowIfNull(city);
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        if (!city.Heatmaps.Equals(Heatmaps) || !city.Features.Equals(Features))
            throw new ArgumentException(
                $"The state was made for another forecaster than '{Name}'; make it for this one's Heatmaps and Features.", nameof(city));
        CheckLength(intensity.Length, nameof(intensity));
        Expect(city, horizon, intensity);
    }

    // The arguments are checked.
    private protected abstract void Expect(CityState city, int horizon, Span<float> intensity);

    /// <summary>Number of the day of the week of a period, Sunday 0; 0 where a period is longer than a day.</summary>
    private protected int Weekday(CityState city, int horizon) => Weekdays.Of(Heatmaps.Cadence, city.NextPeriod + horizon - 1);

    void CheckLength(int length, string parameter) => Guard.Length(length, Heatmaps.MapLength, "classes x rows x columns", parameter);

    static float Risk(float expected) => (float)-double.ExpM1(-expected);

    /// <summary>Scratch of at least a length, given back when disposed.</summary>
    private protected readonly ref struct Rented(int length)
    {
        readonly float[] _array = ArrayPool<float>.Shared.Rent(length);

        public Span<float> Span => _array.AsSpan(0, length);

        public void Dispose() => ArrayPool<float>.Shared.Return(_array);
    }
}
