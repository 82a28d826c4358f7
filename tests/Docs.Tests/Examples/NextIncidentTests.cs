using HotspotInference.Docs.Tests.Commands;
using HotspotInference.Forecasts;
using HotspotInference.Incidents;

namespace HotspotInference.Docs.Tests.Examples;

/// <summary>The code of docs/architectures/hst-lstm.md, with a small model.</summary>
[Collection(nameof(CurrentFolder))]
public sealed class NextIncidentTests : IDisposable
{
    readonly CurrentFolder _folder = new();

    [Fact]
    public void Cells_are_ranked()
    {
        Programs.Expect("simulate --seed 7 --days 20 --start 2020-01-01 --out city.csv");
        Programs.Expect("train --architecture hst-lstm --incidents city.csv --area 44.94,-30.08,45.06,-29.92 --grid 4x4 --hidden 8 --embedding 4 --epochs 1 --threads 1 --out next.onnx");
        IReadOnlyList<Incident> incidents = [.. new IncidentReader("city.csv").Read()];
        DateTime moment = new(2020, 1, 20, 12, 0, 0);

        // EXAMPLE
        using var predictor = NextIncidentPredictor.Load("next.onnx");
        NextIncidentForecast next = predictor.Predict(incidents, moment);     // incidents strictly before the moment
        foreach (RankedCell cell in next.Top(10))
            Console.WriteLine(cell);                                          // rank, row, column, probability
        // EXAMPLE

        Assert.Equal([1, 2, 3], next.Top(3).Select(cell => cell.Rank));
        Assert.Equal(1, next.Probabilities.ToArray().Sum(), 1e-5);
    }

    public void Dispose() => _folder.Dispose();
}
