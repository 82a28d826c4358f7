using HotspotInference.Features;
using HotspotInference.Forecasts;
using Microsoft.ML.OnnxRuntime;

namespace HotspotInference.Docs.Tests.Examples;

/// <summary>The code of the README, of the packages' too, and of docs/gpu.md.</summary>
[Collection(nameof(CurrentFolder))]
public sealed class ReadmeTests : IDisposable
{
    readonly CurrentFolder _folder = new();

    [Fact]
    public void Five_lines_forecast_with_the_shipped_model()
    {
        Incident[] incidents = [.. Enumerable.Range(0, 30).Select(day => new Incident(new DateTime(2016, 6, 14).AddDays(day), 38.8285, -77.0015))];

        // EXAMPLE
        using var predictor = HotspotPredictor.Load("onnx/dc-gunfire-daily.onnx");
        CityState city = predictor.CreateState(incidents, through: new DateOnly(2016, 7, 14));
        HotspotForecast next = predictor.Predict(city);
        double risk = next.RiskAt(38.8285, -77.0015);
        HotspotSelection hot = next.Hotspots(percentile: 96);
        // EXAMPLE

        Assert.Equal(new DateTime(2016, 7, 15), next.PeriodStart);
        Assert.Equal(risk, next.Risk.Span.ToArray().Max());
        Assert.Contains(hot.Cells, cell => cell.Risk == (float)risk);
    }

    [Fact]
    public void Missing_card_is_fallen_back_from()
    {
        // EXAMPLE
        using var predictor = HotspotPredictor.Load("onnx/dc-gunfire-daily.onnx", new HotspotPredictorOptions
        {
            Device = InferenceDevice.Cuda,
            DeviceId = 0,
            AllowFallback = true,
        });
        Console.WriteLine(predictor.Device);
        // EXAMPLE

        Assert.Equal(OrtEnv.Instance().GetAvailableProviders().Contains("CUDAExecutionProvider") ? predictor.Device : InferenceDevice.Cpu, predictor.Device);
    }

    public void Dispose() => _folder.Dispose();
}
