using HotspotInference.Features;

namespace HotspotInference.Prediction;

/// <summary>A forecaster that can also say how many incidents it expects.</summary>
public interface IIntensityForecaster : IRiskForecaster
{
    /// <summary>Whether this one does.</summary>
    bool HasIntensity { get; }

    /// <summary>Forecasts one period from the state of a city.</summary>
    /// <inheritdoc cref="IRiskForecaster.Predict"/>
    /// <param name="city">The state, made for this forecaster's heat maps and features.</param>
    /// <param name="horizon">How many periods ahead: 1 is the first period that the state does not know.</param>
    /// <param name="risk">Receives <c>[class, row, column]</c>: the probability of at least one incident in the cell in the period.</param>
    /// <param name="intensity">Receives <c>[class, row, column]</c>: the expected number of incidents.</param>
    void Predict(CityState city, int horizon, Span<float> risk, Span<float> intensity);
}
