using System.IO.Compression;
using System.Text;
using System.Text.Json;
using HotspotInference.Forecasts;
using HotspotInference.Heatmaps;
using HotspotInference.Incidents;
using HotspotInference.Periods;
using HotspotInference.Rendering;

namespace HotspotInference.Tests.Rendering;

public class MapDataTests
{
    static readonly HeatmapSpec s_spec = new() { Grid = Sample.Grid(3, 4), Kinds = KindEncoding.Parse("a; b") };

    [Fact]
    public void Risk_incidents_and_flags_come_back_from_an_independent_reader()
    {
        PeriodRange span = Span(2);
        var data = new MapData(s_spec, span, hasRisk: true) { Title = "x", Forecaster = "f" };
        float[][] risk = [Sample.Numbers(36, 1), Sample.Numbers(36, 2)];
        data.AddPeriod(risk[0], isKnown: true, isScored: true);
        data.AddPeriod(risk[1], isKnown: false, isScored: true);
        data.AddIncidents([
            new(Sample.Day.AddHours(30), 10.005, 20.035, "b"), new(Sample.Day.AddHours(2), 10.025, 20.001, "a"),
            new(Sample.Day, 9, 20.001, "a"), new(Sample.Day, 10.01, 20.01, "c"), new(Sample.Day.AddDays(-1), 10.01, 20.01, "a"),
        ]);

        JsonElement json = Written(data);

        Assert.Equal((2, 2), (data.Shown, data.NotShown));
        // What is not known is not scored.
        Assert.Equal("[3,0]", json.GetProperty("flags").GetRawText());
        Assert.Equal("[\"2016-07-15T00:00\",\"2016-07-16T00:00\",\"2016-07-17T00:00\"]", json.GetProperty("starts").GetRawText());
        double lowest = json.GetProperty("scale").GetProperty("lowest").GetDouble(), step = json.GetProperty("scale").GetProperty("step").GetDouble();
        for (int c = 0; c < 3; c++)
        {
            byte[] planes = Unpacked(json.GetProperty("risk")[c]);
            for (int i = 0; i < 24; i++)
            {
                int code = 0;
                for (int t = 0; t <= i / 12; t++)
                    code += planes[12 * t + i % 12] + 256 * planes[24 + 12 * t + i % 12];
                Assert.Equal(risk[i / 12][12 * c + i % 12], lowest * Math.Exp((code % 65536 - 1) * step), 1e-3 * risk[i / 12][12 * c + i % 12]);
            }
        }
        using var incidents = new BinaryReader(new MemoryStream(Unpacked(json.GetProperty("incidents").GetProperty("data"))));
        Assert.Equal([0, 1], Enumerable.Range(0, 2).Select(_ => incidents.ReadInt32()));
        Assert.Equal([0, 11], Enumerable.Range(0, 2).Select(_ => incidents.ReadInt32()));
        Assert.Equal([0.025, 0.875], Enumerable.Range(0, 2).Select(_ => incidents.ReadUInt16() / 65535.0), (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.Equal([2.5 / 3, 0.5 / 3], Enumerable.Range(0, 2).Select(_ => incidents.ReadUInt16() / 65535.0), (a, b) => Math.Abs(a - b) < 1e-5);
        JsonElement groups = json.GetProperty("groups");
        Assert.Equal("[0,2]", groups[incidents.ReadUInt16()].GetProperty("classes").GetRawText());
        Assert.Equal("[1,2]", groups[incidents.ReadUInt16()].GetProperty("classes").GetRawText());
    }

    [Fact]
    public void Stored_thresholds_become_counts_of_cells_above_them_within_the_margin()
    {
        HeatmapSpec spec = s_spec with { Kinds = KindEncoding.Any, Grid = Sample.Grid(4, 4) };
        BorderPolicy border = BorderPolicy.Ignore(1);
        var table = new PercentileTable(["any"], [90, 96], [0.25, 0.7], border: border);
        var data = new MapData(spec, Span(1), hasRisk: true, border, table);
        float[] risk = [.. Enumerable.Repeat(0.9f, 16)];
        (risk[5], risk[6], risk[9], risk[10]) = (0.1f, 0.3f, 0.7f, 0.8f);
        data.AddPeriod(risk, isKnown: true, isScored: true);

        JsonElement json = Written(data);

        byte[] hot = Unpacked(json.GetProperty("thresholds").GetProperty("hot"));
        Assert.Equal([3, 1], Enumerable.Range(0, 2).Select(i => BitConverter.ToInt32(hot, 4 * i)));
        Assert.Equal("validation", json.GetProperty("thresholds").GetProperty("source").GetString());
        // Taken with another margin they say nothing of these cells.
        var other = new MapData(spec, Span(1), hasRisk: true, BorderPolicy.None, table);
        other.AddPeriod(risk, isKnown: true, isScored: true);
        Assert.False(Written(other).TryGetProperty("thresholds", out _));
    }

    [Fact]
    public void Kinds_beyond_the_colours_are_one_and_nothing_ends_a_script()
    {
        HeatmapSpec spec = s_spec with { Kinds = KindEncoding.Any };
        var data = new MapData(spec, Span(1), hasRisk: false) { Title = "</script>" };
        data.AddPeriod([], isKnown: true, isScored: false);
        data.AddIncidents(Enumerable.Range(0, 60).Select(i => new Incident(Sample.Day, 10.01, 20.01, i < 55 ? $"</script>{i % 10}" : null)));

        JsonElement json = Written(data);

        Assert.Equal(8, json.GetProperty("kinds").GetArrayLength());
        Assert.Equal("other or no kind", json.GetProperty("kinds")[7].GetString());
        Assert.Equal("</script>0", json.GetProperty("kinds")[0].GetString());
        Assert.DoesNotContain("<", Text(data), StringComparison.Ordinal);
        Assert.False(json.TryGetProperty("risk", out _));
    }

    [Fact]
    public void Thousand_periods_of_64_x_64_stay_below_15_megabytes()
    {
        const int Periods = 100, Cells = 4096;
        HeatmapSpec spec = s_spec with { Kinds = KindEncoding.Any, Grid = Sample.Grid(64, 64) };
        var data = new MapData(spec, Span(Periods), hasRisk: true);
        float[] risk = [.. Sample.Numbers(Cells, 5).Select(x => MathF.Pow(10, -4 * x))];
        for (int t = 0; t < Periods; t++)
        {
            // Every cell changes by up to 20% a day: more than a forecast does.
            float[] change = Sample.Numbers(Cells, (uint)t + 6);
            for (int i = 0; i < Cells; i++)
                risk[i] = Math.Min(1, risk[i] * (0.8f + 0.4f * change[i]));
            data.AddPeriod(risk, isKnown: true, isScored: true);
        }

        // A tenth of the periods in a tenth of the room.
        Assert.InRange(Text(data).Length, 100_000, 1_500_000);
    }

    [Fact]
    public void Misuse_is_refused()
    {
        var data = new MapData(s_spec, Span(1), hasRisk: true);
        Assert.Throws<ArgumentException>(() => data.AddPeriod(new float[12], true, true));
        Assert.Throws<HotspotException>(() => data.AddPeriod([.. Enumerable.Repeat(1.5f, 36)], true, true));
        Assert.Throws<InvalidOperationException>(() => data.Write(Stream.Null));
        data.AddPeriod(new float[36], true, true);
        Assert.Throws<InvalidOperationException>(() => data.AddPeriod(new float[36], true, true));
        Assert.Throws<ArgumentException>(() => new MapData(s_spec, new PeriodRange(Cadence.Week, 0, 1), hasRisk: true));
        Assert.StartsWith("map: 10000000 periods of 36 risks; expected at most", Assert.Throws<HotspotException>(
            () => new MapData(s_spec, Span(10_000_000), hasRisk: true)).Message, StringComparison.Ordinal);
    }

    static PeriodRange Span(int count) => new(Cadence.Day, Cadence.Day.IndexOf(Sample.Day), count);

    static string Text(MapData data)
    {
        using var stream = new MemoryStream();
        data.Write(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    static JsonElement Written(MapData data) => JsonDocument.Parse(Text(data)).RootElement;

    static byte[] Unpacked(JsonElement block)
    {
        using var zlib = new ZLibStream(new MemoryStream(block.GetBytesFromBase64()), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        zlib.CopyTo(bytes);
        return bytes.ToArray();
    }
}
