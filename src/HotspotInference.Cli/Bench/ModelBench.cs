using System.Diagnostics;

namespace HotspotInference.Cli.Bench;

/// <summary>One model at one batch size: how long a prediction takes, and how far it is from the processor's.</summary>
static class ModelBench
{
    // Of fewer calls a 99th percentile says nothing; slow ones take longer than asked.
    const int FewestCalls = 5;

    /// <summary>Measures.</summary>
    /// <param name="predictor">The model on the device.</param>
    /// <param name="reference">The model on the processor, one forecast at a time; null where the device is the processor.</param>
    /// <param name="batch">How many forecasts at once.</param>
    /// <param name="time">For how long; the first call comes before.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static BenchReport.Run Measure(HotspotPredictor predictor, HotspotPredictor? reference, int batch, TimeSpan time,
        CancellationToken cancellationToken)
    {
        var inputs = new ModelInputs(predictor, batch);
        double first = Seconds(inputs, predictor);
        double? difference = reference is null ? null : Difference(inputs, reference);
        var seconds = new List<double>();
        var clock = Stopwatch.StartNew();
        while (seconds.Count < FewestCalls || clock.Elapsed < time)
        {
            cancellationToken.ThrowIfCancellationRequested();
            seconds.Add(Seconds(inputs, predictor));
        }
        double all = clock.Elapsed.TotalSeconds;
        seconds.Sort();
        return new BenchReport.Run(batch, seconds.Count, 1e3 * first, 1e3 * Quantile(0.5), 1e3 * Quantile(0.99),
            batch * seconds.Count / all, difference);

        double Quantile(double share) => seconds[(int)Math.Ceiling(share * seconds.Count) - 1];
    }

    static double Seconds(ModelInputs inputs, HotspotPredictor predictor)
    {
        long start = Stopwatch.GetTimestamp();
        inputs.Predict(predictor);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    static double Difference(ModelInputs inputs, HotspotPredictor reference)
    {
        float[] device = inputs.Risk.ToArray();
        inputs.Predict(reference);
        double largest = 0;
        for (int i = 0; i < device.Length; i++)
        {
            double difference = Math.Abs(device[i] - inputs.Risk[i]);
            // A NaN is as wrong as can be, and larger than nothing.
            largest = double.IsNaN(difference) ? double.PositiveInfinity : Math.Max(largest, difference);
        }
        return largest;
    }
}
