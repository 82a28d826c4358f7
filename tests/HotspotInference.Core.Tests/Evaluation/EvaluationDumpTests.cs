using System.Text.Json;
using HotspotInference.Evaluation;
using HotspotInference.Periods;

namespace HotspotInference.Tests.Evaluation;

public sealed class EvaluationDumpTests : IDisposable
{
    readonly string _folder = Path.Combine(Path.GetTempPath(), $"dump-{Guid.NewGuid():N}");

    [Fact]
    public void Dump_holds_maps_periods_and_grid()
    {
        using (var dump = new EvaluationDump(_folder, Sample.Grid(1, 2), ["a", "any"], Cadence.Hour, "America/New_York",
            [true, false, true, true]))
        {
            dump.Add(new DateTime(2016, 1, 2, 23, 0, 0), false, [0.1f, 0.2f, 0.3f, 0.4f], [0, 1, 0, 1]);
            dump.Add(new DateTime(2016, 1, 3), true, [0.5f, 0.6f, 0.7f, 0.8f], [2, 0, 2, 0]);
        }
        Assert.Equal("index,start,scored\n0,2016-01-02T23:00:00,0\n1,2016-01-03T00:00:00,1\n",
            File.ReadAllText(Path.Combine(_folder, "periods.csv")));
        Assert.Equal([0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f, 0.7f, 0.8f], Values("risk.npy"));
        Assert.Equal([0, 1, 0, 1, 2, 0, 2, 0], Values("actual.npy"));
        Assert.Equal([1, 0, 1, 1], Values("active.npy", "(1, 2, 1, 2)"));
        using JsonDocument grid = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "grid.json")));
        Assert.Equal(["south", "west", "north", "east", "rows", "columns", "cadence", "time_zone", "classes"],
            grid.RootElement.EnumerateObject().Select(property => property.Name));
        Assert.Equal(10.01, grid.RootElement.GetProperty("north").GetDouble());
        Assert.Equal("hour", grid.RootElement.GetProperty("cadence").GetString());
        Assert.Equal("America/New_York", grid.RootElement.GetProperty("time_zone").GetString());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    float[] Values(string name, string shape = "(2, 2, 1, 2)")
    {
        byte[] bytes = File.ReadAllBytes(Path.Combine(_folder, name));
        Assert.Contains(shape, System.Text.Encoding.ASCII.GetString(bytes, 0, 128), StringComparison.Ordinal);
        return [.. bytes[128..].Chunk(4).Select(chunk => BitConverter.ToSingle(chunk))];
    }
}
