using System.Security.Cryptography;
using HotspotInference.Evaluation;
using HotspotInference.Features;
using HotspotInference.Heatmaps;
using HotspotInference.Periods;
using HotspotInference.Prediction;
using HotspotInference.Tests.Prediction;

namespace HotspotInference.Onnx.Tests.Prediction;

public sealed class HotspotPredictorStreamingTests
{
    static readonly DateTime s_first = new(2016, 1, 1);

    [Fact]
    public void First_forecast_begins_with_zeros_and_the_maps_of_the_window()
    {
        using HotspotPredictor predictor = Load();

        float[] risk = Predict(predictor, City(predictor, 10));

        Assert.Equal(Sum(from: 10 - StreamingModels.Lags, days: 10), risk);
    }

    [Fact]
    public void Later_forecasts_know_every_map_since_the_first()
    {
        using HotspotPredictor predictor = Load();
        CityState city = City(predictor, 10);
        Predict(predictor, city);

        for (int days = 11; days < 40; days++)
        {
            Append(city, days);
            Assert.Equal(Sum(from: 10 - StreamingModels.Lags, days), Predict(predictor, city));
        }
    }

    [Fact]
    public async Task Cities_of_many_callers_keep_their_own_states_whoever_runs_the_model()
    {
        using var predictor = HotspotPredictor.Load(StreamingModels.Graph().ToArray(), new HotspotPredictorOptions { MaximumConcurrency = 1, Threads = 1 });

        await Task.WhenAll(Enumerable.Range(0, 8).Select(caller => Task.Factory.StartNew(() =>
        {
            for (int round = 0; round < 5; round++)
            {
                CityState city = City(predictor, 10 + caller);
                for (int days = 10 + caller; days < 40; days++)
                {
                    Append(city, days);
                    Assert.Equal(Sum(10 + caller - StreamingModels.Lags, days), Predict(predictor, city));
                }
            }
        }, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Several_periods_at_once_are_taken_in_one_after_the_other(int count)
    {
        using HotspotPredictor predictor = Load();
        CityState city = City(predictor, 10);
        Predict(predictor, city);

        Append(city, 10 + count);

        Assert.Equal(Sum(from: 10 - StreamingModels.Lags, days: 10 + count), Predict(predictor, city));
    }

    [Fact]
    public void More_periods_than_maps_are_kept_begin_anew()
    {
        using HotspotPredictor predictor = Load();
        CityState city = City(predictor, 10);
        Predict(predictor, city);

        Append(city, 10 + StreamingModels.Lags + 1);

        Assert.Equal(Predict(predictor, City(predictor, 10 + StreamingModels.Lags + 1)), Predict(predictor, city));
    }

    [Fact]
    public void Asked_twice_it_forecasts_the_same()
    {
        using HotspotPredictor predictor = Load();
        CityState city = City(predictor, 10);
        float[] cold = Predict(predictor, city);
        Assert.Equal(cold, Predict(predictor, city));

        Append(city, 11);

        float[] warm = Predict(predictor, city);
        Assert.Equal(warm, Predict(predictor, city));
        Assert.NotEqual(cold, warm);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void State_read_back_goes_on_where_it_was(bool isTold)
    {
        using HotspotPredictor predictor = Load();
        CityState city = City(predictor, 10);
        Predict(predictor, city);
        for (int days = 11; days < 20; days++)
        {
            Append(city, days);
            Predict(predictor, city);
        }
        if (isTold)
            Append(city, 20);

        CityState read = ReadBack(city);

        Assert.Equal(Sum(from: 10 - StreamingModels.Lags, days: isTold ? 20 : 19), Predict(predictor, read));
    }

    [Fact]
    public void State_that_an_earlier_version_wrote_goes_on_where_it_was()
    {
        using HotspotPredictor predictor = Load();
        CityState city = City(predictor, 10);
        Predict(predictor, city);
        using var stream = new MemoryStream();
        city.Save(stream);
        // Without rates nothing but its number tells version 2 from the present one.
        byte[] written = stream.ToArray(), content = written[..^SHA256.HashSizeInBytes];
        Assert.Equal(3, content[7]);
        content[7] = 2;

        CityState read = CityState.Load(new MemoryStream([.. content, .. SHA256.HashData(content)]));

        Assert.Null(predictor.Features.History);
        Append(read, 11);
        Assert.Equal(Sum(from: 10 - StreamingModels.Lags, days: 11), Predict(predictor, read));
    }

    [Fact]
    public void Models_that_share_a_city_do_not_share_its_state()
    {
        using HotspotPredictor one = Load(), other = HotspotPredictor.Load(StreamingModels.Graph(keep: 0.25f).ToArray());
        CityState both = City(one, 10), alone = City(one, 10);
        for (int days = 11; days < 16; days++)
        {
            float[] first = Predict(one, both);
            Assert.NotEqual(first, Predict(other, both));
            Assert.Equal(Predict(one, alone), first);
            Append(both, days);
            Append(alone, days);
        }
    }

    [Fact]
    public void Replay_forecasts_what_a_city_told_day_by_day_does()
    {
        using HotspotPredictor predictor = Load();
        var found = new List<float[]>();

        new ForecastReplay(Series(30), [predictor], new PeriodRange(Cadence.Day, First + 10, 20)).Run(period => found.Add(period.Risk(0).ToArray()),
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(Enumerable.Range(10, 20).Select(days => Sum(from: 10 - StreamingModels.Lags, days)), found);
    }

    [Fact]
    public void Streaming_model_keeps_the_promises_of_a_forecaster()
    {
        using HotspotPredictor predictor = Load();

        RiskForecasterConformance.Check(predictor);
    }

    [Fact]
    public void Fewer_periods_than_the_window_are_refused()
    {
        using HotspotPredictor predictor = Load();

        HotspotException error = Assert.Throws<HotspotException>(() => Predict(predictor, City(predictor, StreamingModels.Lags - 1)));

        Assert.Contains($"at least {StreamingModels.Lags} known periods", error.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void Raw_steps_chain_states_without_allocation()
    {
        using HotspotPredictor predictor = Load();
        float[] map = new float[24], state = new float[24], risk = new float[24];
        map[0] = map[23] = 1;
        Step();
        long before = GC.GetAllocatedBytesForCurrentThread();

        Step();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal((1.5f, 0.75f, 0f), (state[0], risk[23], risk[1]));

        void Step() => predictor.Predict(new HotspotInput { Batch = 2, Rows = 3, Columns = 4, Maps = map, State = state },
            new HotspotOutput { Risk = risk, NextState = state });
    }

    [Fact]
    public void Raw_step_without_a_state_is_refused()
    {
        using HotspotPredictor predictor = Load();

        Assert.Contains("'state'", Assert.Throws<HotspotException>(() => predictor.Predict(new float[12], 3, 4, new float[12])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Model_whose_metadata_disagree_about_the_state_is_refused()
    {
        Refused(StreamingModels.Graph(StreamingModels.Metadata with { StateChannels = 0 }), "maps");
        Refused(StreamingModels.Graph(StreamingModels.Metadata with { StateChannels = 2 }), "state 1");
        Refused(StreamingModels.Graph(givesState: false), "next_state");
        Refused(StreamingModels.Graph(batch: 2), "batch 2");
        Refused(MapModels.Graph(MapModels.Metadata with { StateChannels = 1 }), "time 2");
        Assert.Throws<HotspotException>(() => (StreamingModels.Metadata with { StateChannels = -1 }).ToJson());
        Assert.Throws<HotspotException>(() => (StreamingModels.Metadata with
        {
            Features = new FeatureSpec { Maps = new MapWindowSpec { Lags = [7, 1], Channels = ["theft"] } },
        }).ToJson());

        static void Refused(OnnxGraphBuilder graph, string what) =>
            Assert.Contains(what, Assert.Throws<HotspotException>(() => HotspotPredictor.Load(graph.ToArray())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Metadata_tell_state_and_batch_and_leave_out_what_is_not_there()
    {
        ModelMetadata metadata = StreamingModels.Metadata with { FixedBatch = 3 };

        Assert.Equal(metadata, ModelMetadata.Parse(metadata.ToJson()));
        Assert.Contains("\"state_channels\":1", metadata.ToJson(), StringComparison.Ordinal);
        Assert.Contains("\"fixed_batch\":3", metadata.ToJson(), StringComparison.Ordinal);
        Assert.DoesNotContain("state_channels", MapModels.Metadata.ToJson(), StringComparison.Ordinal);
        Assert.DoesNotContain("fixed_batch", MapModels.Metadata.ToJson(), StringComparison.Ordinal);
        Assert.Throws<HotspotException>(() => (metadata with { FixedBatch = 0 }).ToJson());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Model_for_one_batch_forecasts_cities_as_one_for_any_does(int batch)
    {
        using HotspotPredictor any = Load(), only = HotspotPredictor.Load(StreamingModels.Graph(
            StreamingModels.Metadata with { FixedBatch = batch, Grid = GridMode.Fixed }).ToArray());
        CityState one = City(any, 10), other = City(only, 10);

        for (int days = 11; days < 16; days++)
        {
            Assert.Equal(Predict(any, one), Predict(only, other));
            Append(one, days);
            Append(other, days);
        }
    }

    [Fact]
    public void Model_for_one_batch_refuses_others_and_other_grids()
    {
        using var predictor = HotspotPredictor.Load(StreamingModels.Graph(
            StreamingModels.Metadata with { FixedBatch = 3, Grid = GridMode.Fixed }).ToArray());

        HotspotException batch = Assert.Throws<HotspotException>(() => Run(2, 3)), grid = Assert.Throws<HotspotException>(() => Run(3, 2));

        Assert.Contains("a batch of 2", batch.Message, StringComparison.Ordinal);
        Assert.Contains("3: the model was written for fixed sizes", batch.Expected, StringComparison.Ordinal);
        Assert.Contains("2 x 4", grid.Message, StringComparison.Ordinal);

        void Run(int batch, int rows) => predictor.Predict(
            new HotspotInput { Batch = batch, Rows = rows, Columns = 4, Maps = new float[batch * rows * 4], State = new float[batch * rows * 4] },
            new float[batch * rows * 4]);
    }

    static long First => Cadence.Day.IndexOf(s_first);

    static HotspotPredictor Load() => HotspotPredictor.Load(StreamingModels.Graph().ToArray());

    // Whether a cell has an incident on a day, from 0.
    static bool Happens(int day, int cell) => (day * 7 + cell * cell * 3) % 5 == 0;

    // Half of what the map of each day, halved for every day since, adds up to.
    static float[] Sum(int from, int days) => [.. Enumerable.Range(0, 12).Select(cell =>
        (float)Enumerable.Range(from, days - from).Sum(day => Happens(day, cell) ? Math.Pow(0.5, days - day) : 0))];

    static HeatmapSeries Series(int days)
    {
        HeatmapSpec spec = StreamingModels.Metadata.Heatmaps;
        var builder = new HeatmapBuilder(spec, new PeriodRange(Cadence.Day, First, days));
        for (int day = 0; day < days; day++)
        {
            for (int cell = 0; cell < 12; cell++)
            {
                (double latitude, double longitude) = spec.Grid.CellCenter(cell / 4, cell % 4);
                if (Happens(day, cell))
                    builder.Add(new Incident(s_first.AddDays(day), latitude, longitude, "theft"));
            }
        }
        return builder.Build();
    }

    static CityState City(HotspotPredictor predictor, int days)
    {
        var city = new CityState(predictor.Heatmaps, predictor.Features, First);
        Append(city, days);
        return city;
    }

    // Tells a city of the days that it does not know yet.
    static void Append(CityState city, int days)
    {
        HeatmapSeries series = Series(days);
        while (city.NextPeriod < First + days)
            city.Append(series, (int)(city.NextPeriod - First));
    }

    static CityState ReadBack(CityState city)
    {
        using var stream = new MemoryStream();
        city.Save(stream);
        stream.Position = 0;
        return CityState.Load(stream);
    }

    static float[] Predict(HotspotPredictor predictor, CityState city) => predictor.Predict(city).Risk.ToArray();
}
