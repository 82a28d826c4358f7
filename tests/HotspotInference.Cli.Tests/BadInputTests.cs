using System.Globalization;
using System.IO.Compression;
using System.Text;
using HotspotInference.Onnx;

namespace HotspotInference.Cli.Tests;

/// <summary>Files that cannot be used, given to verbs that have a model: one error line each, or counted rows.</summary>
public sealed class BadInputTests(SmallCity city) : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    CommandLineRun WithIncidents(string file) => CommandLineRun.Of("forecast", "--model", city.Model, "--incidents", file, "--out", _folder["out"], "--quiet");

    CommandLineRun WithModel(string file) => CommandLineRun.Of("evaluate", "--model", file, "--incidents", city.Incidents);

    [Fact]
    public void Empty_file() => Refusals.Failure(WithIncidents(_folder.Write("a.csv")), _folder["a.csv"] + ": an empty file");

    [Fact]
    public void Header_without_coordinates() => Refusals.Failure(WithIncidents(_folder.Write("a.csv", "time,kind", "2020-01-01,theft")),
        _folder["a.csv"] + ": the header time,kind; expected a latitude column", "--latitude-column");

    [Fact]
    public void Missing_file() => Refusals.Failure(WithIncidents(_folder["none.csv"]), _folder["none.csv"] + ": no such file");

    [Fact]
    public void Folder_instead_of_a_file() => Refusals.Failure(WithIncidents(_folder[""]), _folder[""] + ": a folder");

    [Fact]
    public void Gzip_that_breaks_off()
    {
        using (var gzip = new GZipStream(File.Create(_folder["a.csv.gz"]), CompressionLevel.Fastest))
            gzip.Write(File.ReadAllBytes(city.Incidents));
        byte[] whole = File.ReadAllBytes(_folder["a.csv.gz"]);
        File.WriteAllBytes(_folder["a.csv.gz"], whole[..(whole.Length / 2)]);

        Refusals.Failure(WithIncidents(_folder["a.csv.gz"]), _folder["a.csv.gz"] + ": the data breaks off", "expected a complete file");
    }

    [Fact]
    public void Latitude_and_day_that_do_not_exist_are_counted_and_the_rest_is_used()
    {
        string file = _folder.Write("a.csv", [.. File.ReadLines(city.Incidents), "2020-08-01 12:00:00,389.0,-30,theft", "2020-02-31 12:00:00,45,-30,theft"]);

        var run = CommandLineRun.Of("evaluate", "--model", city.Model, "--incidents", file, "--bootstrap", "0", "--json");

        Assert.Equal(0, run.ExitCode);
        int lines = File.ReadLines(file).Count();
        Assert.Contains($"warning: rows rejected: 1 x LatitudeOutOfRange ('389.0'): {file} line {lines - 1}", run.Error, StringComparison.Ordinal);
        Assert.Contains($"warning: rows rejected: 1 x TimeImpossible ('2020-02-31 12:00:00'): {file} line {lines}", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Latitude_that_does_not_exist_is_a_failure_where_strict()
    {
        string file = _folder.Write("a.csv", [.. File.ReadLines(city.Incidents), "2020-08-01 12:00:00,389.0,-30,theft"]);

        Refusals.Failure(CommandLineRun.Of("evaluate", "--model", city.Model, "--incidents", file, "--strict"), file, "389.0");
    }

    [Fact]
    public void Unknown_time_zone() => Refusals.BadUsage(
        CommandLineRun.Of("forecast", "--model", city.Model, "--incidents", city.Incidents, "--out", _folder["out"], "--time-zone", "Mars/Olympus"),
        "time zone: 'Mars/Olympus'", "America/New_York");

    [Fact]
    public void Times_in_utc_without_a_time_zone() => Refusals.Failure(
        WithIncidents(_folder.Write("a.csv", "timestamp,latitude,longitude", "2020-08-01T12:00:00Z,45,-30")), _folder["a.csv"] + ": times with Z", "--time-zone");

    [Fact]
    public void Incidents_of_another_city() => Refusals.Failure(
        WithIncidents(_folder.Write("a.csv", "timestamp,latitude,longitude", "2020-08-01 12:00:00,10,10")),
        "incidents: 0 of 1 incidents placed (1 outside the study area", city.Model);

    [Fact]
    public void Incidents_without_kinds_for_a_model_of_kinds()
    {
        string file = _folder.Write("a.csv", ["timestamp,latitude,longitude", .. city.Reports.Select(report => string.Join(',', report.Row.Split(',')[..3]))]);

        Refusals.Failure(CommandLineRun.Of("forecast", "--model", city.TheftModel, "--incidents", file, "--out", _folder["out"]),
            "incidents: 0 of ", " of other kinds", "theft");
        Refusals.Failure(CommandLineRun.Of("evaluate", "--model", city.TheftModel, "--incidents", file), "incidents: 0 of ", " of other kinds", "theft");
    }

    [Fact]
    public void Missing_model() => Refusals.Failure(WithModel(_folder["none.onnx"]), $"model '{_folder["none.onnx"]}': no such file");

    [Fact]
    public void Folder_instead_of_a_model() => Refusals.Failure(WithModel(_folder[""]), $"model '{_folder[""]}': a folder");

    [Fact]
    public void Text_file_named_onnx() => Refusals.Failure(WithModel(_folder.Write("a.onnx", "version https://git-lfs.github.com/spec/v1")),
        $"model '{_folder["a.onnx"]}': a text file; expected a complete ONNX model");

    [Fact]
    public void Model_that_breaks_off()
    {
        File.WriteAllBytes(_folder["a.onnx"], File.ReadAllBytes(city.Model)[..2000]);

        Refusals.Failure(WithModel(_folder["a.onnx"]), $"model '{_folder["a.onnx"]}': 2000 bytes that cannot be loaded");
    }

    [Fact]
    public void Model_with_other_inputs()
    {
        var graph = new OnnxGraphBuilder("pictures");
        OnnxValue pixels = graph.Input("pixels", ["batch", 3, 224, 224]);
        graph.Output("scores", graph.Node("Identity", [pixels]), ["batch", 3, 224, 224]);
        graph.Save(_folder["a.onnx"]);
        Refusals.Failure(WithModel(_folder["a.onnx"]), $"model '{_folder["a.onnx"]}':", "hotspot");

        // One that claims to be of this library, and is not.
        using (var predictor = HotspotPredictor.Load(city.Model))
            graph.Metadata["hotspot"] = predictor.Metadata.ToJson();
        graph.Save(_folder["b.onnx"]);
        Refusals.Failure(WithModel(_folder["b.onnx"]), $"model '{_folder["b.onnx"]}'", "pixels");
    }

    [Fact]
    public void Zipped_text_without_the_extension_is_read_or_refused_but_never_a_defect()
    {
        File.WriteAllBytes(_folder["a.csv"], [0x1F, 0x8B, 8, 0, .. Encoding.ASCII.GetBytes(1.ToString(CultureInfo.InvariantCulture))]);

        Refusals.Failure(WithIncidents(_folder["a.csv"]), _folder["a.csv"]);
    }
}
