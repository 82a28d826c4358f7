namespace HotspotInference.Samples.Service;

/// <summary>Reports of a city, and the day to forecast.</summary>
/// <param name="Day">The day; the reports must reach up to the day before.</param>
/// <param name="Incidents">The reports, in any order.</param>
/// <param name="Percentile">How much of the risk map is hot: above this percentile of what validation saw.</param>
sealed record ForecastRequest(DateOnly Day, IReadOnlyList<IncidentReport> Incidents, double Percentile = 96);

/// <summary>One report.</summary>
/// <param name="Time">Wall-clock time in the city.</param>
/// <param name="Latitude">Degrees north.</param>
/// <param name="Longitude">Degrees east.</param>
sealed record IncidentReport(DateTime Time, double Latitude, double Longitude);
