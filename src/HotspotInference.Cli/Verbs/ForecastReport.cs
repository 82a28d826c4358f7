using System.Text.Json.Serialization;
using HotspotInference.Forecasts;

namespace HotspotInference.Cli.Verbs;

/// <summary>What <c>hotspot forecast --json</c> reports.</summary>
sealed record ForecastReport(string Model, DateTime KnownUntil, IReadOnlyList<ForecastReport.Period> Forecasts, string? Animation = null)
{
    /// <summary>One period forecast: its hot cells, the riskiest first.</summary>
    public sealed record Period(
        DateTime Start, DateTime End, int Horizon, string Class, double Threshold, ThresholdSource ThresholdSource, double Coverage,
        int TiesAtThreshold, IReadOnlyList<Cell> Hotspots, IReadOnlyList<string> Files);

    /// <summary>One hot cell, with its middle in degrees, and the probability of each kind given an incident where there is one.</summary>
    public sealed record Cell(
        int Row, int Column, double Latitude, double Longitude, float Risk,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, double>? Kinds);
}
