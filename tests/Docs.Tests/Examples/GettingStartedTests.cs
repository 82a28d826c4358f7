using HotspotInference.Docs.Tests.Commands;
using HotspotInference.Features;
using HotspotInference.Incidents;

namespace HotspotInference.Docs.Tests.Examples;

/// <summary>The code of docs/getting-started.md, in a folder with what its commands have made.</summary>
[Collection(nameof(CurrentFolder))]
public sealed class GettingStartedTests : IDisposable
{
    readonly CurrentFolder _folder = new();

    [Fact]
    public void City_is_forecast_and_goes_on()
    {
        Programs.Expect("simulate --seed 7 --days 730 --out city.csv.gz");
        Programs.Expect("fit --incidents city.csv.gz --to 2016-09-30 --out city.onnx");
        Incident[] newIncidents = [new(new DateTime(2016, 12, 31, 20, 0, 0), 44.993, -29.985)];

        // EXAMPLE
        var incidents = new IncidentReader("city.csv.gz").Read();
        using var predictor = HotspotPredictor.Load("city.onnx");

        CityState city = predictor.CreateState(incidents, through: new DateOnly(2016, 12, 30));
        HotspotForecast tomorrow = predictor.Predict(city);

        Console.WriteLine($"{tomorrow.PeriodStart:yyyy-MM-dd}: {tomorrow.RiskAt(44.993, -29.985):P1} in the middle");
        foreach (var cell in tomorrow.Hotspots(percentile: 98).Cells.Take(3))
            Console.WriteLine($"row {cell.Row}, column {cell.Column}: {cell.Risk:P1}");
        // EXAMPLE

        Assert.Equal(new DateTime(2016, 12, 31), tomorrow.PeriodStart);
        // The page's forecast by the command line.
        Assert.Equal(0.5658, tomorrow.RiskAt(44.993, -29.985), 0.00005);

        // EXAMPLE
        city.Append(newIncidents, through: new DateOnly(2016, 12, 31));
        HotspotForecast dayAfter = predictor.Predict(city);

        using (FileStream file = File.Create("city.state"))
            city.Save(file);
        // EXAMPLE

        Assert.Equal(new DateTime(2017, 1, 1), dayAfter.PeriodStart);
        using FileStream saved = File.OpenRead("city.state");
        Assert.Equal(dayAfter.Risk.ToArray(), predictor.Predict(CityState.Load(saved)).Risk.ToArray());
    }

    public void Dispose() => _folder.Dispose();
}
