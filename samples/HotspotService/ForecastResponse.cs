namespace HotspotInference.Samples.Service;

/// <summary>A forecast of one period.</summary>
/// <param name="Model">Which model forecast.</param>
/// <param name="Start">Start of the period, wall-clock time in the city.</param>
/// <param name="End">Its end.</param>
/// <param name="Hotspots">The hot cells.</param>
sealed record ForecastResponse(string Model, DateTime Start, DateTime End, IReadOnlyList<Hotspot> Hotspots);

/// <summary>A hot cell.</summary>
/// <param name="Latitude">Of its centre, degrees north.</param>
/// <param name="Longitude">Of its centre, degrees east.</param>
/// <param name="Risk">Probability of at least one incident in the period.</param>
sealed record Hotspot(double Latitude, double Longitude, float Risk);
