using HotspotInference.Evaluation;
using HotspotInference.Features;
using HotspotInference.Grids;
using HotspotInference.Heatmaps;
using HotspotInference.Periods;
using HotspotInference.Prediction;

namespace HotspotInference.Onnx.Tests.Prediction;

public sealed class HotspotPredictorExternalTests
{
    const int Days = 10;

    static readonly DateTime s_start = new(2020, 1, 1);

    // Risk is rain / 100 + share / 10, shares rising from cell to cell.
    static readonly ModelMetadata s_metadata = MapModels.Metadata with
    {
        Features = new(),
        External = [new("rain", ExternalSource.Period) { Lag = 1 }, new("share", ExternalSource.Cell)],
    };

    [Fact]
    public void Forecast_takes_features_of_the_day_and_the_cell()
    {
        using var predictor = HotspotPredictor.Load(Model());
        CityState city = predictor.CreateState(Incidents(), new DateOnly(2020, 1, 4));

        HotspotForecast forecast = predictor.Predict(city, External());

        // 2020-01-05 has the rain of the day before, the fourth: 3.
        Assert.Equal([.. Enumerable.Range(0, 12).Select(cell => 0.03f + cell / 120f)], forecast.Risk.ToArray(), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal(forecast.Risk.ToArray(), predictor.Predict(Incidents(), new DateOnly(2020, 1, 5), External()).Risk.ToArray());
    }

    [Fact]
    public void Replay_forecasts_each_period_with_its_own_features()
    {
        using var predictor = HotspotPredictor.Load(Model());
        HeatmapSeries series = predictor.CreateHeatmaps(Incidents(), out _);
        var first = new List<float>();

        new ForecastReplay(series, [predictor.With(External())], new PeriodRange(Cadence.Day, Cadence.Day.IndexOf(s_start.AddDays(2)), 4))
            .Run(period => first.Add(period.Risk(0)[0]));

        Assert.Equal([0.01f, 0.02f, 0.03f, 0.04f], first);
    }

    [Fact]
    public void What_is_measured_in_a_period_does_not_reach_its_forecast_where_it_lags()
    {
        using var predictor = HotspotPredictor.Load(Model());
        CityState city = predictor.CreateState(Incidents(), new DateOnly(2020, 1, 4));

        float[] risk = predictor.Predict(city, External()).Risk.ToArray();

        // From the fifth on every value is another.
        Assert.Equal(risk, predictor.Predict(city, External(day => day < 4 ? day : 77)).Risk.ToArray());
        Assert.NotEqual(risk, predictor.Predict(city, External(day => day < 3 ? day : 77)).Risk.ToArray());
    }

    [Fact]
    public void Missing_features_are_named_with_the_period_and_the_remedy()
    {
        using var predictor = HotspotPredictor.Load(Model());
        CityState city = predictor.CreateState(Incidents(), new DateOnly(2020, 1, 4));

        HotspotException none = Assert.Throws<HotspotException>(() => predictor.Predict(city));
        Assert.Equal("no external features, to forecast 2020-01-05", none.Found);
        Assert.Equal("rain (of periods, 1 before), share (of cells)", none.Expected);
        Assert.Contains("--external-periods", none.Remedy, StringComparison.Ordinal);
        Assert.Contains("no external features", Assert.Throws<HotspotException>(() => ((IRiskForecaster)predictor).Predict(city, 1, new float[12])).Found,
            StringComparison.Ordinal);
        Assert.Contains("also share (of cells)",
            Assert.Throws<HotspotException>(() => predictor.Predict(city, new ExternalFeatures(predictor.Heatmaps, Rain(day => day)))).Expected,
            StringComparison.Ordinal);
        var elsewhere = new ExternalFeatures(predictor.Heatmaps with { Grid = new GridSpec(new GeoBounds(0, 0, 1, 1), 4, 3) }, Rain(day => day));
        Assert.Throws<ArgumentException>(() => predictor.Predict(city, elsewhere));
    }

    static ExternalFeatures External(Func<int, double>? rain = null) => new(s_metadata.Heatmaps, Rain(rain ?? (day => day)),
        new ExternalCells(s_metadata.Heatmaps.Grid, ["share"], [.. Enumerable.Range(0, 12).Select(cell => cell / 12.0)]));

    static ExternalPeriods Rain(Func<int, double> rain) =>
        new(["rain"], Enumerable.Range(0, Days).ToDictionary(day => s_start.AddDays(day), day => new[] { rain(day) }));

    static Incident[] Incidents() =>
        [.. Enumerable.Range(0, Days).Select(day => new Incident(s_start.AddDays(day).AddHours(3), 0.5, 0.5, "theft"))];

    static byte[] Model()
    {
        var graph = new OnnxGraphBuilder("external");
        OnnxValue external = graph.Input("external", "batch", 2, "row", "column");
        OnnxValue[] parts = [.. graph.Split(external, 1, 1, 1)];
        graph.Output("risk", graph.Add(graph.Mul(parts[0], graph.Scalar(0.01f)), graph.Mul(parts[1], graph.Scalar(0.1f))), "batch", 1, "row", "column");
        graph.Metadata[ModelMetadata.Key] = s_metadata.ToJson();
        return graph.ToArray();
    }
}
