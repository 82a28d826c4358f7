using System.Globalization;
using HotspotInference.Cli.Tests;
using HotspotInference.Evaluation;
using HotspotInference.Features;
using HotspotInference.Heatmaps;
using HotspotInference.Incidents;
using HotspotInference.Periods;

namespace HotspotInference.Training.Tests;

/// <summary>
/// A city whose incidents follow a flag of the day, which nothing in the past announces, and a number of the cell: 200 days to learn, 60 of
/// validation, 100 to score.
/// </summary>
public sealed class ExternalCommandLineTests : IDisposable
{
    const int Days = 360, Side = 6;

    static readonly DateTime s_start = new(2020, 1, 1);

    readonly TemporaryFolder _folder = new();
    readonly bool[] _flags = new bool[Days];

    public ExternalCommandLineTests()
    {
        var random = new Random(11);
        var incidents = new List<Incident>();
        for (int day = 0; day < Days; day++)
        {
            _flags[day] = random.Next(3) == 0;
            for (int cell = 0; cell < Side * Side; cell++)
            {
                if (random.NextDouble() < 0.03 * (_flags[day] ? 5 : 1) * (Number(cell) > 0.5 ? 2.5 : 1))
                    incidents.Add(new Incident(s_start.AddDays(day).AddHours(12), Side - cell / Side - 0.5, cell % Side + 0.5));
            }
        }
        IncidentWriter.Write(_folder["city.csv"], incidents);
        WriteDays("days.csv", day => _flags[day] ? 1 : 0);
        _folder.Write("cells.csv", ["row,column,number", .. Enumerable.Range(0, Side * Side).Select(cell =>
            string.Create(CultureInfo.InvariantCulture, $"{cell / Side},{cell % Side},{Number(cell)}"))]);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("convlstm", "--layers", "1", "--pooling", "none", "--window", "4", "--epochs", "8", "--learning-rate", "1e-2")]
    [InlineData("hotspotnet", "--width", "6", "--members", "1", "--epochs", "5", "--learning-rate", "1e-2")]
    [InlineData("st-resnet", "--period", "7", "--trend", "none", "--residual-units", "1", "--epochs", "8", "--learning-rate", "1e-2")]
    public void Network_that_sees_them_is_better_than_one_that_does_not(string architecture, params string[] more)
    {
        Assert.Equal("", Train("without.onnx", ["--architecture", architecture, .. more]));
        Assert.Equal("", Train("with.onnx", ["--architecture", architecture, "--external-periods", _folder["days.csv"], "--external-cells",
            _folder["cells.csv"], .. more]));

        using HotspotPredictor with = HotspotPredictor.Load(_folder["with.onnx"]), without = HotspotPredictor.Load(_folder["without.onnx"]);
        HeatmapSeries series = with.CreateHeatmaps(new IncidentReader([_folder["city.csv"]]).Read(), out _);
        var external = ExternalFeatures.Load(with.Heatmaps, _folder["days.csv"], _folder["cells.csv"]);
        EvaluationReport report = ForecastEvaluation.Run(series, with.With(external), [without],
            new PeriodRange(Cadence.Day, Cadence.Day.IndexOf(s_start.AddDays(260)), 99));
        IReadOnlyDictionary<string, ScoreDifference> better = PairedComparison.Of(report.Model, report.Baselines[0]).Classes["any"];

        Assert.Equal(ComparisonVerdict.Better, better["log_loss"].Verdict);
        Assert.Equal(ComparisonVerdict.Better, better["average_precision"].Verdict);
        Assert.Equal(["flag", "number"], with.Metadata.External.Select(feature => feature.Name));
        // Of the days learnt alone: those from the first with a window, or behind the warm-up, to the 200th.
        double[] learnt = [.. Enumerable.Range((int)(with.Metadata.Training!.Value.First.DayNumber - DateOnly.FromDateTime(s_start).DayNumber),
            with.Metadata.Training.Value.Last.DayNumber - with.Metadata.Training.Value.First.DayNumber + 1).Select(day => _flags[day] ? 1.0 : 0.0)];
        Assert.Equal(new DateOnly(2020, 7, 18), with.Metadata.Training.Value.Last);
        Assert.Equal(learnt.Average(), with.Metadata.External[0].Mean, 1e-12);
        Assert.Equal(Math.Sqrt(learnt.Average() * (1 - learnt.Average())), with.Metadata.External[0].Scale, 1e-12);
    }

    [Fact]
    public void Nothing_behind_what_is_learnt_and_validated_reaches_the_model()
    {
        string[] small = ["--layers", "1", "--pooling", "none", "--window", "2", "--epochs", "1", "--external-lag", "1",
            "--external-periods"];
        WriteDays("later.csv", day => day < 259 ? (_flags[day] ? 1 : 0) : 1000 + day);
        WriteDays("validation.csv", day => day < 199 ? (_flags[day] ? 1 : 0) : 7);

        Assert.Equal("", Train("a.onnx", [.. small, _folder["days.csv"], "--name", "city"]));
        Assert.Equal("", Train("b.onnx", [.. small, _folder["later.csv"], "--name", "city"]));
        Assert.Equal("", Train("c.onnx", [.. small, _folder["validation.csv"], "--name", "city"]));

        // With a lag of a day the last of validation, the 260th, takes the value of the 259th; the first, the 201st, that of the 200th.
        Assert.Equal(File.ReadAllBytes(_folder["a.onnx"]), File.ReadAllBytes(_folder["b.onnx"]));
        Assert.NotEqual(File.ReadAllBytes(_folder["a.onnx"]), File.ReadAllBytes(_folder["c.onnx"]));
        using HotspotPredictor a = HotspotPredictor.Load(_folder["a.onnx"]), c = HotspotPredictor.Load(_folder["c.onnx"]);
        Assert.Equal(a.Metadata.External, c.Metadata.External);
        Assert.Equal(1, a.Metadata.External[0].Lag);
    }

    [Fact]
    public void What_is_missing_or_does_not_fit_is_said()
    {
        WriteDays("short.csv", day => day % 2, days: 150);

        Assert.Contains("no row for 2020-05-30, to forecast 2020-05-30; expected one with flag (of periods)",
            Train("m.onnx", ["--window", "2", "--external-periods", _folder["short.csv"]]), StringComparison.Ordinal);
        Assert.Contains("--external-lag: given without --external-periods", Train("m.onnx", ["--external-lag", "1"]), StringComparison.Ordinal);
        Assert.Contains("the architecture biconvlstm sees incidents alone; expected one of convlstm, hotspotnet",
            Train("m.onnx", ["--architecture", "biconvlstm", "--external-cells", _folder["cells.csv"]]), StringComparison.Ordinal);
        Assert.Contains("no such file", Train("m.onnx", ["--external-cells", _folder["none.csv"]]), StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["m.onnx"]));
    }

    static double Number(int cell) => cell * 7 % 10 / 10.0;

    void WriteDays(string name, Func<int, double> flag, int days = Days) => _folder.Write(name, ["date,flag", .. Enumerable.Range(0, days)
        .Select(day => string.Create(CultureInfo.InvariantCulture, $"{s_start.AddDays(day):yyyy-MM-dd},{flag(day)}"))]);

    // What went wrong; nothing where all is well.
    string Train(string model, params string[] more)
    {
        using StringWriter stdout = new(), stderr = new();
        int exitCode = TrainingCommandLine.Run(["train", "--incidents", _folder["city.csv"], "--area", $"0,0,{Side},{Side}", "--grid", $"{Side}x{Side}",
            "--from", "2020-01-01", "--to", "2020-12-24", "--train-to", "2020-07-18", "--validate-to", "2020-09-16", "--hidden", "3", "--threads", "1",
            "--out", _folder[model], .. more], stdout, stderr, null, TestContext.Current.CancellationToken);
        return exitCode == 0 ? "" : stderr.ToString();
    }
}
