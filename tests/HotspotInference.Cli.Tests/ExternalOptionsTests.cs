using System.Globalization;
using System.Text.Json;
using HotspotInference.Features;
using HotspotInference.Onnx;
using HotspotInference.Prediction;

namespace HotspotInference.Cli.Tests;

/// <summary>A model whose risk is a share of its cell, three times as high on days with a flag.</summary>
public sealed class ExternalOptionsTests : IDisposable
{
    readonly SmallCity _city;
    readonly TemporaryFolder _folder = new();

    public ExternalOptionsTests(SmallCity city)
    {
        _city = city;
        using var fitted = HotspotPredictor.Load(city.Model);
        var graph = new OnnxGraphBuilder("external");
        IReadOnlyList<OnnxValue> parts = graph.Split(graph.Input("external", "batch", 2, "row", "column"), 1, 1, 1);
        graph.Output("risk", graph.Mul(parts[1], graph.Add(graph.Mul(parts[0], graph.Scalar(2)), graph.Scalar(1))), "batch", 1, "row", "column");
        graph.Metadata[ModelMetadata.Key] = (fitted.Metadata with
        {
            Features = new(),
            Thresholds = null,
            Selection = null,
            External = [new("flag", ExternalSource.Period), new("share", ExternalSource.Cell)],
        }).ToJson();
        graph.Save(_folder["external.onnx"]);
        _folder.Write("days.csv", ["date,flag", .. Enumerable.Range(0, 240).Select(day =>
            string.Create(CultureInfo.InvariantCulture, $"{new DateOnly(2020, 1, 1).AddDays(day):yyyy-MM-dd},{day % 2}"))]);
        _folder.Write("cells.csv", ["row,column,share", .. Enumerable.Range(0, SmallCity.Rows * SmallCity.Columns).Select(cell =>
            string.Create(CultureInfo.InvariantCulture, $"{cell / SmallCity.Columns},{cell % SmallCity.Columns},{cell / 1000.0}"))]);
    }

    string[] Tables => ["--external-periods", _folder["days.csv"], "--external-cells", _folder["cells.csv"]];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Forecast_takes_the_tables()
    {
        string[] forecast = ["forecast", "--model", _folder["external.onnx"], "--incidents", _city.Incidents, "--percentile", "99", "--out",
            _folder["maps"], "--json", .. Tables];

        // Of 2020-01-01 on the 215th day, 2020-08-02, has the flag 0 and the next 1.
        Assert.Equal(0.119, Hottest("2020-08-02"), 1e-6);
        Assert.Equal(3 * 0.119, Hottest("2020-08-03"), 1e-6);
        Refusals.Failure(CommandLineRun.Of([.. forecast, "--at", "2020-08-28"]), _folder["days.csv"], "no row for 2020-08-28, to forecast 2020-08-28");
        Refusals.Failure(CommandLineRun.Of(forecast[..^4]), "model '", "no external features, to forecast");

        double Hottest(string day)
        {
            CommandLineRun run = CommandLineRun.Of([.. forecast, "--at", day]);
            Assert.True(run.ExitCode == 0, run.Error);
            return run.Json.GetProperty("forecasts")[0].GetProperty("hotspots").EnumerateArray().Max(cell => cell.GetProperty("risk").GetDouble());
        }
    }

    [Fact]
    public void Evaluate_and_compare_take_the_tables()
    {
        CommandLineRun evaluated = CommandLineRun.Of(["evaluate", "--model", _folder["external.onnx"], "--incidents", _city.Incidents, "--json", .. Tables]);
        CommandLineRun compared = CommandLineRun.Of(["compare", "--models", _city.Model, "--models", _folder["external.onnx"], "--incidents", _city.Incidents,
            "--json", .. Tables]);

        Assert.True(evaluated.ExitCode == 0, evaluated.Error);
        Assert.True(compared.ExitCode == 0, compared.Error);
        JsonElement alone = evaluated.Json.GetProperty("model"), beside = compared.Json.GetProperty("forecasters")[1];
        Assert.Equal(0, alone.GetProperty("classes").GetProperty("any").GetProperty("average_precision").GetProperty("value").GetDouble()
            - beside.GetProperty("classes").GetProperty("any").GetProperty("average_precision").GetProperty("value").GetDouble(), 1e-12);
    }

    [Fact]
    public void Tables_for_a_model_that_sees_none_are_refused() => Refusals.BadUsage(
        CommandLineRun.Of(["evaluate", "--model", _city.Model, "--incidents", _city.Incidents, .. Tables]),
        "--external-periods: given, but no model sees external features");

    [Fact]
    public void Info_tells_what_a_model_needs()
    {
        CommandLineRun json = CommandLineRun.Of("info", "--model", _folder["external.onnx"], "--json");

        Assert.Equal(["flag (of periods)", "share (of cells)"],
            json.Json.GetProperty("model").GetProperty("external").EnumerateArray().Select(name => name.GetString()));
        Assert.Contains("flag (of periods), share (of cells)", CommandLineRun.Of("info", "--model", _folder["external.onnx"]).Output, StringComparison.Ordinal);
    }
}
