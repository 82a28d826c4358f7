using System.Buffers.Binary;
using System.Text;
using HotspotInference.Rendering;

namespace HotspotInference.Tests.Rendering;

public class RiskMapAnimationTests
{
    [Fact]
    public void Chunks_stand_as_the_specification_orders_them()
    {
        byte[] file = Written([Forecast(0, [0.1f, 0.2f]), Forecast(1, [0.4f, 0]), Forecast(2, [0, 0])]);

        (string Type, byte[] Data)[] chunks = [.. Chunks(file)];

        Assert.Equal(["IHDR", "acTL", "fcTL", "IDAT", "fcTL", "fdAT", "fcTL", "fdAT", "IEND"], chunks.Select(chunk => chunk.Type));
        // Three frames, for ever.
        Assert.Equal([0, 0, 0, 3, 0, 0, 0, 0], chunks[1].Data);
        // One sequence through frame controls and frame data; each frame whole, at the origin, for 700/1000 s.
        Assert.Equal([0, 1, 2, 3, 4], chunks.Where(chunk => chunk.Type is "fcTL" or "fdAT").Select(chunk => BinaryPrimitives.ReadInt32BigEndian(chunk.Data)));
        Assert.All(chunks.Where(chunk => chunk.Type == "fcTL"), chunk =>
        {
            Assert.Equal(26, chunk.Data.Length);
            Assert.Equal(chunks[0].Data[..8], chunk.Data[4..12]);
            Assert.Equal([0, 0, 0, 0, 0, 0, 0, 0, 700 / 256, 700 % 256, 1000 / 256, 1000 % 256, 0, 0], chunk.Data[12..]);
        });
    }

    [Fact]
    public void First_frame_is_the_picture_on_the_scale_of_all()
    {
        byte[] file = Written([Forecast(0, [0.1f, 0.2f]), Forecast(1, [0.45f, 0])]);
        using var single = new MemoryStream();
        RiskMapImage.WritePng(single, Forecast(0, [0.1f, 0.2f]), options: new RiskMapOptions { MapPixels = 120, ScaleMaximum = 0.5 });

        var animated = new PngReader(file);
        var picture = new PngReader(single.ToArray());

        for (int y = 0; y < picture.Height; y++)
        {
            for (int x = 0; x < picture.Width; x++)
                Assert.Equal(picture[x, y], animated[x, y]);
        }
    }

    [Fact]
    public void No_forecast_and_selections_that_do_not_match_are_refused()
    {
        Assert.Throws<ArgumentException>(() => RiskMapAnimation.WritePng(Stream.Null, []));
        Assert.Throws<ArgumentException>(() => RiskMapAnimation.WritePng(Stream.Null, [Forecast(0, [0, 0])], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => RiskMapAnimation.WritePng(Stream.Null, [Forecast(0, [0, 0])], millisecondsPerFrame: 0));
    }

    static HotspotForecast Forecast(int day, float[] risk) =>
        new(Sample.Grid(1, 2), ["any"], Sample.Day.AddDays(day), Sample.Day.AddDays(day + 1), risk);

    static byte[] Written(HotspotForecast[] forecasts)
    {
        using var stream = new MemoryStream();
        RiskMapAnimation.WritePng(stream, forecasts, options: new RiskMapOptions { MapPixels = 120 }, millisecondsPerFrame: 700);
        return stream.ToArray();
    }

    static IEnumerable<(string, byte[])> Chunks(byte[] file)
    {
        for (int at = 8; at < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            yield return (Encoding.ASCII.GetString(file, at + 4, 4), file[(at + 8)..(at + 8 + length)]);
            at += 12 + length;
        }
    }
}
