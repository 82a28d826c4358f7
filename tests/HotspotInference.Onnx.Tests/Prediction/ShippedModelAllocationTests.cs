using System.Diagnostics.Metrics;
using HotspotInference.Prediction;

namespace HotspotInference.Onnx.Tests.Prediction;

/// <summary>The raw path of every shipped model allocates nothing once a shape has been seen, whether anybody measures or not.</summary>
public sealed class ShippedModelAllocationTests
{
    const int WarmUp = 3, Calls = 5;

    public static TheoryData<string> Models =>
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "onnx"), "*.onnx").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Models))]
    public void Predict_allocates_nothing(string model)
    {
        using HotspotPredictor predictor = Load(model);

        Assert.Equal(0, BytesOf(predictor, Calls));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Predict_allocates_nothing_while_it_is_measured(string model)
    {
        long measurements = 0;
        using HotspotPredictor predictor = Load(model);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == HotspotDiagnostics.MeterName)
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>(Count);
        listener.SetMeasurementEventCallback<int>(Count);
        listener.SetMeasurementEventCallback<double>(Count);
        listener.Start();

        Assert.Equal(0, BytesOf(predictor, Calls));
        // Forecasts, batch size and duration of each, and the buffers of the first.
        Assert.Equal(3 * (WarmUp + Calls) + 1, measurements);

        // Tests beside this one are measured too, on other threads.
        void Count<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
        {
            foreach (KeyValuePair<string, object?> tag in tags)
            {
                if (tag.Key == "hotspot.model" && ReferenceEquals(tag.Value, predictor.Name))
                    Interlocked.Increment(ref measurements);
            }
        }
    }

    static HotspotPredictor Load(string model) =>
        HotspotPredictor.Load(Path.Combine(Repository.Root, "onnx", model), new HotspotPredictorOptions { Threads = 1 });

    static long BytesOf(HotspotPredictor predictor, int calls)
    {
        ModelMetadata metadata = predictor.Metadata;
        GridSpec grid = predictor.Heatmaps.Grid;
        int cells = grid.CellCount;
        float[] maps = Pinned(predictor.Features.Maps is { } window ? window.Lags.Count * window.Channels.Count * cells : 0);
        float[] history = Pinned(predictor.Features.History is { } rates ? rates.FeatureCount * cells : 0);
        float[] calendar = Pinned(predictor.Features.Calendar?.Features.Count ?? 0);
        float[] external = Pinned(metadata.External.Count * cells), risk = Pinned(predictor.Classes.Count * cells);
        Run(WarmUp);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Run(calls);
        return GC.GetAllocatedBytesForCurrentThread() - before;

        // Other tests make the collector move large arrays: they would be in memory that is not known yet.
        static float[] Pinned(int length) => GC.AllocateArray<float>(length, pinned: true);

        void Run(int times)
        {
            for (int i = 0; i < times; i++)
            {
                predictor.Predict(new HotspotInput
                {
                    Rows = grid.Rows, Columns = grid.Columns, Maps = maps, History = history, Calendar = calendar, External = external,
                }, risk);
            }
        }
    }
}
