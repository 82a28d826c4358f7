using System.Globalization;

namespace HotspotInference.Cli.Tests;

/// <summary>Sparse tensors of counts in place of incidents.</summary>
public sealed class TensorTests : IDisposable
{
    const string Header = "row,col,day,category,count";

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // Each file counts days from its own start: 100 and 20 days of 2016.
    string[] Incidents() =>
    [
        "--incidents", _folder.Write("trn.csv", [Header, .. Rows(0, 100)]), "--first-day", "2016-01-01",
        "--incidents", _folder.Write("val.csv", [Header, .. Rows(100, 120)]), "--first-day", "2016-04-10",
    ];

    [Fact]
    public void Inspect_says_which_grid_has_the_same_cells()
    {
        var run = CommandLineRun.Of(["inspect", .. Incidents()]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("--grid 4x3 has the same cells", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_is_fitted_and_scored_on_tensors()
    {
        string[] incidents = Incidents();
        string area = string.Create(CultureInfo.InvariantCulture, $"40,0,{40 + 4 / 37.0},{3 / 28.0}");

        var fit = CommandLineRun.Of(["fit", .. incidents, "--area", area, "--grid", "4x3", "--kinds", "0,1",
            "--train-to", "2016-04-09", "--out", _folder["a.onnx"], "--json"]);
        var evaluation = CommandLineRun.Of(["evaluate", "--model", _folder["a.onnx"], .. incidents, "--from", "2016-04-10",
            "--to", "2016-04-29",
            "--bootstrap", "0", "--json"]);

        Assert.True(fit.ExitCode == 0, fit.Error);
        Assert.True(evaluation.ExitCode == 0, evaluation.Error);
    }

    [Fact]
    public void Options_that_cannot_be_used_are_refused()
    {
        string file = _folder.Write("a.csv", Header, "0,0,0,0,1");
        Refusals.Failure(CommandLineRun.Of("inspect", "--incidents", file),
            file + ": a tensor of counts (row,col,day,category,count), source 1", "--first-day");
        Refusals.BadUsage(CommandLineRun.Of("inspect", "--incidents", file, "--first-day", "2016-02-30"), "day: '2016-02-30'");
        Refusals.BadUsage(CommandLineRun.Of("inspect", "--incidents", file, "--tensor-cells", "37,28"),
            "--tensor-cells, --tensor-origin: without --first-day");
        Refusals.BadUsage(CommandLineRun.Of("inspect", "--incidents", file, "--first-day", "2016-01-01", "--tensor-cells", "37"),
            "--tensor-cells: '37'");
        Refusals.BadUsage(CommandLineRun.Of("inspect", "--incidents", file, "--first-day", "2016-01-01", "--tensor-cells", "0,28"),
            "tensor cells: 0,28");
    }

    static IEnumerable<string> Rows(int from, int to)
    {
        var random = new Random(from);
        for (int day = 0; day < to - from; day++)
        {
            for (int cell = 0; cell < 12; cell++)
                yield return $"{cell / 3},{cell % 3},{day},{(day + cell) % 2},{random.Next(cell % 4 + 1)}";
        }
    }
}
