using System.Runtime;
using HotspotInference.Features;
using HotspotInference.Incidents;
using HotspotInference.Prediction;

namespace HotspotInference.Onnx.Tests.Prediction;

public sealed class HotspotPredictorRawTests
{
    const int Cells = MapModels.Rows * MapModels.Columns;

    [Fact]
    public void Predict_gives_each_map_of_a_batch_its_own_answer_on_any_grid()
    {
        using var predictor = HotspotPredictor.Load(MapModels.Graph().ToArray());

        foreach ((int batch, int rows, int columns) in new[] { (1, 3, 4), (3, 2, 7), (1, 3, 4), (2, 1, 1) })
        {
            int cells = rows * columns;
            float[] maps = [.. Enumerable.Range(0, batch * 2 * cells).Select(i => i + 1f)];
            float[] risk = new float[batch * cells];
            predictor.Predict(new HotspotInput { Batch = batch, Rows = rows, Columns = columns, Maps = maps }, risk);

            for (int b = 0; b < batch; b++)
                Assert.Equal(maps.AsSpan((2 * b + 1) * cells, cells), risk.AsSpan(b * cells, cells));
        }
    }

    [Fact]
    public void Predict_follows_large_memory_wherever_it_comes_from_and_moves()
    {
        const int Side = 160, Memories = 40;
        using var predictor = HotspotPredictor.Load(MapModels.Graph().ToArray());
        float[] risk = new float[Side * Side];
        float[][] memories = [.. Enumerable.Range(0, Memories).Select(_ => new float[2 * Side * Side])];
        int[] all = [.. Enumerable.Range(0, Memories)];

        // More than are known, each in its turn; then two of those that are not, for long enough to be; and all again, new values in each call.
        int call = 0;
        foreach (int memory in (int[])[.. all, .. all, .. Enumerable.Repeat(38, 20), .. Enumerable.Repeat(39, 20), .. all])
        {
            float[] maps = memories[memory];
            maps.AsSpan(Side * Side).Fill(++call);
            if (call % 16 == 0)
            {
                GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
                GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
            }
            predictor.Predict(maps, Side, Side, risk);

            Assert.Equal(-1, risk.AsSpan().IndexOfAnyExcept(call));
        }
    }

    [Fact]
    public void Predict_allocates_nothing_for_callers_that_take_turns_whether_their_memory_is_known_or_not()
    {
        const int Side = 160;
        using var predictor = HotspotPredictor.Load(MapModels.Graph().ToArray());
        float[][] memories = [.. Enumerable.Range(0, 40).Select(_ => GC.AllocateArray<float>(2 * Side * Side, pinned: true))];
        float[] risk = new float[Side * Side];
        Round();

        long before = GC.GetAllocatedBytesForCurrentThread();
        Round();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(1, predictor.BufferCount);

        void Round()
        {
            foreach (float[] maps in memories)
                predictor.Predict(maps, Side, Side, risk);
        }
    }

    [Fact]
    public void Predict_from_maps_alone_forecasts_one_period()
    {
        using var predictor = HotspotPredictor.Load(MapModels.Graph().ToArray());
        float[] maps = [.. Enumerable.Range(0, 2 * Cells).Select(i => (float)i)], risk = new float[Cells];

        predictor.Predict(maps, MapModels.Rows, MapModels.Columns, risk);

        Assert.Equal(maps[Cells..], risk);
    }

    [Fact]
    public void Predict_from_maps_alone_says_what_else_the_model_needs()
    {
        using var predictor = HotspotPredictor.Load(HistoryModels.Model(HistoryModels.Metadata(KindEncoding.Any)));

        var e = Assert.Throws<HotspotException>(() => predictor.Predict([], 4, 5, new float[20]));
        Assert.Contains("'history'", e.Subject, StringComparison.Ordinal);
        Assert.Contains("feature 2", e.Expected, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => predictor.Predict(new float[20], 4, 5, new float[20]));
    }

    [Fact]
    public void Predict_refuses_sizes_that_do_not_fit()
    {
        using var predictor = HotspotPredictor.Load(MapModels.Graph().ToArray());
        float[] maps = new float[2 * Cells], risk = new float[Cells];

        Assert.Throws<ArgumentException>(() => predictor.Predict(maps.AsSpan(1), 3, 4, risk));
        Assert.Throws<ArgumentException>(() => predictor.Predict(maps, 3, 4, risk.AsSpan(1)));
        Assert.Throws<ArgumentException>(() => predictor.Predict(maps, 3, 4, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => predictor.Predict(maps, 0, 4, risk));
        Assert.Throws<ArgumentOutOfRangeException>(() => predictor.Predict(maps, 3, 5000, risk));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            predictor.Predict(new HotspotInput { Batch = 0, Rows = 3, Columns = 4, Maps = maps }, risk));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            predictor.Predict(new HotspotInput { Steps = 1, Rows = 3, Columns = 4, Maps = maps }, risk));
        Assert.Throws<ArgumentException>(() => predictor.Predict(new HotspotInput { Rows = 3, Columns = 4, Maps = maps, Calendar = [1] }, risk));
        Assert.Throws<ArgumentOutOfRangeException>(() => predictor.Predict(default, risk));
        Assert.Equal(0, predictor.BufferCount);
    }

    [Fact]
    public void Predict_refuses_another_grid_where_the_model_is_bound_to_its_own()
    {
        ModelMetadata metadata = MapModels.Metadata with { Grid = GridMode.Fixed };
        byte[] model = MapModels.Graph(metadata, inputShape: ["batch", 2, 1, 3, 4], outputShape: ["batch", 1, 3, 4]).ToArray();
        using var predictor = HotspotPredictor.Load(model);
        float[] risk = new float[Cells];
        predictor.Predict(new float[2 * Cells], 3, 4, risk);

        var e = Assert.Throws<HotspotException>(() => predictor.Predict(new float[2 * Cells], 4, 3, risk));

        Assert.Contains("4 x 3", e.Found, StringComparison.Ordinal);
        Assert.Contains("3 x 4", e.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void Predict_refuses_results_that_the_model_does_not_give()
    {
        using var predictor = HotspotPredictor.Load(MapModels.Graph().ToArray());

        var e = Assert.Throws<HotspotException>(() => predictor.Predict(
            new HotspotInput { Rows = 3, Columns = 4, Maps = new float[2 * Cells] }, new HotspotOutput { Kind = new float[Cells] }));

        Assert.Contains("'kind'", e.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_input_and_output_of_the_contract_reaches_its_place()
    {
        using var predictor = HotspotPredictor.Load(EveryTensor());
        // Batch 2, grid 1 x 2, 3 steps. Distinct powers of ten keep what is added apart.
        float[] risk = new float[4], intensity = new float[4], kind = new float[8];

        predictor.Predict(
            new HotspotInput
            {
                Batch = 2, Rows = 1, Columns = 2, Steps = 3,
                Maps = [1, 2, 3, 4],
                History = [10, 20, 30, 40],
                Calendar = [100, 200],
                External = [1000, 2000, 3000, 4000],
                Events = [10000, 20000, 30000, 40000, 50000, 60000],
            },
            new HotspotOutput { Risk = risk, Intensity = intensity, Kind = kind });

        Assert.Equal([11, 22, 33, 44], risk.Zip(new float[] { 1100, 2100, 3200, 4200 }, (a, b) => a - b));
        Assert.Equal([60001, 60002, 150003, 150004], intensity);
        Assert.Equal([1, 2, -1, -2, 3, 4, -3, -4], kind);
        Assert.True(predictor.HasIntensity && predictor.HasKind);
    }

    [Fact]
    public void Predict_allocates_nothing_once_a_shape_has_been_seen()
    {
        using var maps = HotspotPredictor.Load(MapModels.Graph().ToArray());
        ModelMetadata metadata = HistoryModels.Metadata(KindEncoding.Of("a", "b"), halfLives: 12, days: 3);
        using var history = HotspotPredictor.Load(HistoryModels.Model(metadata));
        float[] window = new float[2 * Cells], risk = new float[Cells];
        float[] rates = new float[2 * 12 * 36 * 36], days = new float[2 * 3];
        float[] risks = new float[2 * 3 * 36 * 36], intensities = new float[risks.Length];
        Run(100);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Run(100);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);
        Assert.Equal(2, maps.BufferCount);
        Assert.Equal(1, history.BufferCount);

        void Run(int times)
        {
            for (int i = 0; i < times; i++)
            {
                maps.Predict(window, MapModels.Rows, MapModels.Columns, risk);
                maps.Predict(window, MapModels.Columns, MapModels.Rows, risk);
                history.Predict(new HotspotInput { Batch = 2, Rows = 36, Columns = 36, History = rates, Calendar = days },
                    new HotspotOutput { Risk = risks, Intensity = intensities });
            }
        }
    }

    [Fact]
    public void Buffers_are_bounded_however_many_shapes_are_tried()
    {
        using var predictor = HotspotPredictor.Load(MapModels.Graph().ToArray(), new HotspotPredictorOptions { MaximumIdleBuffers = 3 });

        for (int columns = 1; columns <= 10; columns++)
        {
            float[] maps = [.. Enumerable.Range(0, 2 * columns).Select(i => (float)i)], risk = new float[columns];
            predictor.Predict(maps, 1, columns, risk);
            Assert.Equal(maps[columns..], risk);
            Assert.Equal(Math.Min(columns, 3), predictor.BufferCount);
        }
    }

    [Fact]
    public async Task Callers_at_the_same_time_get_their_own_answers()
    {
        var options = new HotspotPredictorOptions { MaximumIdleBuffers = 2, Threads = 1 };
        using var predictor = HotspotPredictor.Load(MapModels.Graph().ToArray(), options);
        var token = TestContext.Current.CancellationToken;

        await Task.WhenAll(Enumerable.Range(1, 8).Select(caller => Task.Run(() =>
        {
            // Half of the callers share a shape.
            int columns = caller <= 4 ? 64 : 64 + caller;
            float[] maps = new float[2 * 64 * columns], risk = new float[64 * columns];
            for (int round = 0; round < 200; round++)
            {
                maps.AsSpan().Fill(caller * 1000 + round);
                predictor.Predict(maps, 64, columns, risk);
                Assert.Equal(-1, risk.AsSpan().IndexOfAnyExcept(caller * 1000 + round));
            }
        }, token)));

        Assert.InRange(predictor.BufferCount, 1, 2);
    }

    [Fact]
    public async Task Dispose_during_calls_lets_them_end_and_refuses_later_ones()
    {
        for (int attempt = 0; attempt < 20; attempt++)
        {
            var predictor = HotspotPredictor.Load(MapModels.Graph().ToArray(), new HotspotPredictorOptions { Threads = 1 });
            using var started = new CountdownEvent(2);
            Task[] callers = [.. Enumerable.Range(1, 2).Select(caller => Task.Run(() =>
            {
                float[] maps = new float[2 * 64 * 64], risk = new float[64 * 64];
                maps.AsSpan().Fill(caller);
                predictor.Predict(maps, 64, 64, risk);
                started.Signal();
                while (true)
                {
                    risk.AsSpan().Clear();
                    predictor.Predict(maps, 64, 64, risk);
                    Assert.Equal(-1, risk.AsSpan().IndexOfAnyExcept(caller));
                }
            }))];
            started.Wait(TestContext.Current.CancellationToken);

            predictor.Dispose();
            predictor.Dispose();

            foreach (Task caller in callers)
                await Assert.ThrowsAsync<ObjectDisposedException>(() => caller);
            Assert.Equal(0, predictor.BufferCount);
            Assert.True(predictor.IsReleased);
        }
    }

    // risk = maps + history + calendar + external, intensity = maps + sum of events, kind = maps and its negative.
    static byte[] EveryTensor()
    {
        ModelMetadata metadata = MapModels.Metadata with
        {
            Heatmaps = MapModels.Metadata.Heatmaps with { Kinds = KindEncoding.Of("a", "b") },
            Features = new FeatureSpec
            {
                Maps = new MapWindowSpec { Lags = [1], Channels = ["any"] },
                History = new HistorySpec { HalfLives = [1], Channels = ["any"] },
                Calendar = new CalendarSpec { Features = ["monday"] },
            },
            External = [new("rain", ExternalSource.Period)],
            Classes = ["any"],
        };
        var graph = new OnnxGraphBuilder("every-tensor");
        OnnxValue maps = graph.Input("maps", "batch", 1, 1, "row", "column"), history = graph.Input("history", "batch", 1, "row", "column");
        OnnxValue calendar = graph.Input("calendar", "batch", 1), external = graph.Input("external", "batch", 1, "row", "column");
        OnnxValue events = graph.Input("events", "batch", "step", 1);
        OnnxValue map = graph.Node("Squeeze", [maps, graph.Constant("time", [1L], 1)]);
        OnnxValue day = graph.Unsqueeze(calendar, graph.Constant("cell", [2L, 3L], 2));
        OnnxValue total = graph.Unsqueeze(graph.Node("ReduceSum", [events, graph.Constant("step", [1L], 1)], OnnxAttribute.Of("keepdims", 0)),
            graph.Constant("cell_2", [2L, 3L], 2));
        graph.Output("risk", graph.Add(graph.Add(graph.Add(map, history), day), external), "batch", 1, "row", "column");
        graph.Output("intensity", graph.Add(map, total), "batch", 1, "row", "column");
        graph.Output("kind", graph.Concat(1, map, graph.Node("Neg", [map])), "batch", 2, "row", "column");
        graph.Metadata[ModelMetadata.Key] = metadata.ToJson();
        return graph.ToArray();
    }
}
