using HotspotInference.Models;
using Microsoft.Extensions.Options;

namespace HotspotInference.Samples.Hosting;

/// <summary>Puts a predictor among an application's services.</summary>
static class HotspotServices
{
    /// <summary>
    /// Adds one <see cref="HotspotPredictor"/> for the whole application: it is thread-safe, so every request uses the same session. The
    /// container disposes it.
    /// </summary>
    public static IServiceCollection AddHotspotPredictor(this IServiceCollection services, IConfiguration section)
    {
        services.Configure<HotspotSettings>(section);
        return services.AddSingleton(provider =>
            Load(provider.GetRequiredService<IOptions<HotspotSettings>>().Value, provider.GetRequiredService<ILoggerFactory>()));
    }

    static HotspotPredictor Load(HotspotSettings settings, ILoggerFactory logging)
    {
        var options = new HotspotPredictorOptions
        {
            Device = settings.Device,
            AllowFallback = settings.AllowFallback,
            Threads = settings.Threads,
            LoggerFactory = logging,
        };
        return settings.Model is { } path ? HotspotPredictor.Load(path, options) : HotspotPredictor.Load(HotspotModels.DcGunfireDaily, options);
    }
}
