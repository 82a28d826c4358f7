using HotspotInference.Features;
using HotspotInference.Heatmaps;
using HotspotInference.Prediction;

namespace HotspotInference;

// Models that also see features of other origin than incidents.
public sealed partial class HotspotPredictor
{
    /// <summary>The predictor as a forecaster that knows external features, for replays, evaluations and comparisons.</summary>
    /// <param name="external">The features, for this model's heat maps. A model that needs none looks at none.</param>
    /// <returns>A forecaster that lives as long as the predictor, and is thread-safe like it.</returns>
    public IIntensityForecaster With(ExternalFeatures external)
    {
        ArgumentNullException.ThrowIfNull(external);
        return new ExternalForecaster(this, external);
    }

    /// <summary>Forecasts a period from the state of a city and external features.</summary>
    /// <inheritdoc cref="Predict(CityState, int?)"/>
    /// <param name="city">The state.</param>
    /// <param name="external">The features, for this model's heat maps.</param>
    /// <param name="horizon">How many periods ahead, as without external features.</param>
    /// <exception cref="HotspotException">
    /// A feature is missing, or has no value for the period; or as without external features.
    /// </exception>
    public HotspotForecast Predict(CityState city, ExternalFeatures external, int? horizon = null)
    {
        ArgumentNullException.ThrowIfNull(external);
        return Forecast(city, external, horizon);
    }

    /// <summary>Forecasts the period that begins on a day from the incidents before it and external features.</summary>
    /// <inheritdoc cref="Predict(IEnumerable{Incident}, DateOnly)"/>
    /// <param name="incidents">The incidents.</param>
    /// <param name="at">The day.</param>
    /// <param name="external">The features, for this model's heat maps.</param>
    public HotspotForecast Predict(IEnumerable<Incident> incidents, DateOnly at, ExternalFeatures external) =>
        Predict(StateAt(incidents, at), external);

    void CheckExternal(ExternalFeatures? external, long period)
    {
        if (Metadata.External.Count > 0 && external is null)
            throw new HotspotException(_subject, $"no external features, to forecast {Text(Heatmaps.Cadence.StartOf(period))}",
                string.Join(", ", Metadata.External),
                "Give tables with columns of these names: ExternalFeatures with Predict or With; "
                + "--external-periods and --external-cells on the command line.");
        if (external is not null && (external.Heatmaps.Grid != Heatmaps.Grid || external.Heatmaps.Cadence != Heatmaps.Cadence))
            throw new ArgumentException(
                $"The external features are for another grid or cadence than that of '{Name}'; make them for its Heatmaps.",
                nameof(external));
    }

    sealed class ExternalForecaster(HotspotPredictor predictor, ExternalFeatures external) : IIntensityForecaster
    {
        public string Name => predictor.Name;

        public HeatmapSpec Heatmaps => predictor.Heatmaps;

        public FeatureSpec Features => predictor.Features;

        public IReadOnlyList<string> Classes => predictor.Classes;

        public bool HasIntensity => predictor.HasIntensity;

        public void Predict(CityState city, int horizon, Span<float> risk) => predictor.Predict(city, external, horizon, risk);

        public void Predict(CityState city, int horizon, Span<float> risk, Span<float> intensity) =>
            predictor.Predict(city, external, horizon, risk, intensity);
    }
}
