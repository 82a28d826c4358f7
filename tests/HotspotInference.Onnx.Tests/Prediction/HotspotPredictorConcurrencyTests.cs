using System.Diagnostics;
using HotspotInference.Incidents;

namespace HotspotInference.Onnx.Tests.Prediction;

public sealed class HotspotPredictorConcurrencyTests
{
    const int Side = 256;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task As_many_sets_of_buffers_are_made_as_predictions_may_run(int concurrency)
    {
        var options = new HotspotPredictorOptions { MaximumConcurrency = concurrency, Threads = 1 };
        using var predictor = HotspotPredictor.Load(MapModels.Graph().ToArray(), options);

        int[] most = await Task.WhenAll(Enumerable.Range(1, 8).Select(caller => Task.Run(() =>
        {
            float[] maps = new float[2 * Side * Side], risk = new float[Side * Side];
            maps.AsSpan().Fill(caller);
            int seen = 0;
            for (int i = 0; i < 20; i++)
            {
                predictor.Predict(maps, Side, Side, risk);
                Assert.Equal(-1, risk.AsSpan().IndexOfAnyExcept(caller));
                seen = Math.Max(seen, predictor.BufferCount);
            }
            return seen;
        }, TestContext.Current.CancellationToken)));

        Assert.InRange(most.Max(), 1, concurrency);
    }

    [Fact]
    public void By_default_a_prediction_a_core_may_run()
    {
        var options = new HotspotPredictorOptions();

        Assert.Equal(Environment.ProcessorCount, options.ConcurrencyOn(InferenceDevice.Cpu));
        Assert.Equal(1, options.ConcurrencyOn(InferenceDevice.Cuda));
        Assert.Equal(7, (options with { MaximumConcurrency = 7 }).ConcurrencyOn(InferenceDevice.Cuda));
    }

    [Fact]
    public async Task Callers_that_wait_when_the_predictor_is_disposed_are_told_and_none_hangs()
    {
        var predictor = HotspotPredictor.Load(MapModels.Graph().ToArray(), new HotspotPredictorOptions { MaximumConcurrency = 1, Threads = 1 });
        int calls = 0;
        Task[] callers = [.. Enumerable.Range(0, 6).Select(_ => Task.Run(() =>
        {
            float[] maps = new float[2 * Side * Side], risk = new float[Side * Side];
            Assert.Throws<ObjectDisposedException>((Action)(() =>
            {
                while (true)
                {
                    predictor.Predict(maps, Side, Side, risk);
                    Interlocked.Increment(ref calls);
                }
            }));
        }, TestContext.Current.CancellationToken))];
        var clock = Stopwatch.StartNew();
        while (Volatile.Read(ref calls) < 20 && clock.Elapsed < TimeSpan.FromSeconds(30))
            await Task.Yield();

        predictor.Dispose();
        await Task.WhenAll(callers).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.InRange(calls, 20, int.MaxValue);
        Assert.True(predictor.IsReleased);
    }

    [Fact]
    public void Threads_that_stay_awake_change_no_answer()
    {
        float[] maps = [.. Enumerable.Range(0, 2 * Side * Side).Select(i => (float)i)];
        foreach (bool spins in (bool[])[false, true])
        {
            using var predictor = HotspotPredictor.Load(MapModels.Graph().ToArray(), new HotspotPredictorOptions { SpinWhenIdle = spins, Threads = 2 });
            float[] risk = new float[Side * Side];
            predictor.Predict(maps, Side, Side, risk);
            Assert.Equal(maps[(Side * Side)..], risk);
        }
    }

    [Fact]
    public void Warm_up_makes_the_buffers_of_a_shape_for_any_inputs()
    {
        using var maps = HotspotPredictor.Load(MapModels.Graph().ToArray());
        using var history = HotspotPredictor.Load(HistoryModels.Model(HistoryModels.Metadata(KindEncoding.Of("a", "b"), halfLives: 12, days: 3)));

        maps.Warmup();
        maps.Warmup();
        maps.Warmup(batch: 3, rows: 2, columns: 5);
        history.Warmup(batch: 2);

        Assert.Equal((2, 1), (maps.BufferCount, history.BufferCount));
        Assert.Throws<ArgumentOutOfRangeException>(() => maps.Warmup(batch: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => maps.Warmup(rows: 5000));
        maps.Dispose();
        Assert.Throws<ObjectDisposedException>(() => maps.Warmup());
    }
}
