using HotspotInference.Samples.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace HotspotInference.Samples.Service;

/// <summary>Healthy where the model is loaded on the device that was asked for, degraded where it fell back to the processor.</summary>
sealed class HotspotHealth(HotspotPredictor predictor, IOptions<HotspotSettings> settings) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        string found = $"{predictor.Name} on {predictor.Device}";
        return Task.FromResult(predictor.Device == settings.Value.Device
            ? HealthCheckResult.Healthy(found)
            : HealthCheckResult.Degraded($"{found}; {settings.Value.Device} was asked for"));
    }
}
