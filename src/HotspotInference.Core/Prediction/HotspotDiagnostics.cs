namespace HotspotInference;

/// <summary>
/// The names under which the library tells what it does to those who listen: to <c>AddSource</c> and <c>AddMeter</c> of OpenTelemetry, a
/// <c>MeterListener</c> or <c>dotnet-counters</c>. Where nobody listens nothing is measured. The instruments stand in docs/deployment.md.
/// </summary>
public static class HotspotDiagnostics
{
    /// <summary>The activity source: a span for each model loaded and each call of the network.</summary>
    public const string ActivitySourceName = "HotspotInference";

    /// <summary>The meter: forecasts, their time and batch sizes, buffers, loading, failures.</summary>
    public const string MeterName = "HotspotInference";
}
