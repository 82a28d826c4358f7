using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace HotspotInference.Prediction;

/// <summary>Logs, measures and traces the loading of models.</summary>
static class LoadDiagnostics
{
    public static HotspotPredictor Observe(HotspotPredictorOptions? options, Func<HotspotPredictor> load)
    {
        ILogger log = PredictorDiagnostics.LogOf(options);
        Activity? activity = Telemetry.Source.StartActivity("hotspot.load");
        long start = Stopwatch.GetTimestamp();
        try
        {
            HotspotPredictor loaded = load();
            string device = PredictorDiagnostics.NameOf(loaded.Device);
            if (Instruments.LoadDuration.Enabled || log.IsEnabled(LogLevel.Information))
            {
                TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
                Instruments.LoadDuration.Record(elapsed.TotalSeconds,
                    Telemetry.Tag(Telemetry.Model, loaded.Name), Telemetry.Tag(Telemetry.Device, device));
                PredictorLog.Loaded(log, loaded.Name, device, options?.Threads?.ToString(CultureInfo.InvariantCulture) ?? "default",
                    elapsed.TotalMilliseconds);
            }
            activity?.SetTag(Telemetry.Model, loaded.Name).SetTag(Telemetry.Device, device);
            activity?.Dispose();
            return loaded;
        }
        catch (Exception failure)
        {
            Telemetry.Fail(Telemetry.Load, ReasonOf(failure), failure, activity);
            PredictorLog.NotLoaded(log, failure.Message, failure);
            throw;
        }
    }

    static string ReasonOf(Exception failure) => failure switch
    {
        HotspotException { Subject: HotspotPredictor.NativeSubject } => "native_library",
        HotspotException { Subject: HotspotPredictor.CudaSubject } => "device",
        HotspotException => "model",
        _ => Telemetry.ReasonOf(failure),
    };
}
