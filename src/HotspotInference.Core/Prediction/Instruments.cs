using System.Diagnostics.Metrics;

namespace HotspotInference.Prediction;

/// <summary>What the whole library measures with: one meter, as listeners find it by name.</summary>
static class Instruments
{
    static readonly Meter s_meter = new(HotspotDiagnostics.MeterName, Telemetry.Version);

    public static readonly Histogram<double> PredictDuration = s_meter.CreateHistogram(
        "hotspot.predict.duration", "s", "Time of one call of the network, copying in and out included.",
        // The usual boundaries begin at 5 ms: most models are done by then.
        advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [.00005, .0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5],
        });

    public static readonly Histogram<int> PredictBatchSize = s_meter.CreateHistogram(
        "hotspot.predict.batch_size", "{forecast}", "Forecasts of one call.",
        advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256] });

    public static readonly Counter<long> Forecasts = s_meter.CreateCounter<long>("hotspot.forecasts", "{forecast}", "Forecasts made.");

    public static readonly Counter<long> BuffersCreated = s_meter.CreateCounter<long>(
        "hotspot.buffers.created", "{set}", "Sets of buffers made: one for each shape of input and each call at the same time.");

    public static readonly Histogram<double> LoadDuration = s_meter.CreateHistogram(
        "hotspot.load.duration", "s", "Time to load a model.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [.01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30] });

    public static readonly Counter<long> Failures = s_meter.CreateCounter<long>(
        "hotspot.failures", "{failure}", "Calls and loads that failed, by reason.");
}
