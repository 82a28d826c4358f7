using System.Globalization;
using System.Text;
using HotspotInference.Incidents;

namespace HotspotInference.Tests.Incidents;

public class TimePatternTests
{
    /// <summary>The framework's own parser is the reference where it understands the same format.</summary>
    [Theory]
    [InlineData("yyyy-MM-dd HH:mm:ss")]
    [InlineData("M/d/yy h:m:s tt")]
    [InlineData("d.M.yyyy H:m")]
    [InlineData("dd-MMM-yyyy HH:mm:ss")]
    [InlineData("MMMM d, yyyy h:mm tt")]
    [InlineData("yyyyMMdd'T'HHmmss")]
    public void Times_areReadAsTheFrameworkReadsThem(string format)
    {
        var pattern = new TimePattern(format);
        var random = new Random(7);
        for (int i = 0; i < 500; i++)
        {
            string text = new DateTime(1960, 1, 1).AddSeconds(random.NextInt64(80L * 366 * 86400)).ToString(format, CultureInfo.InvariantCulture);
            DateTime expected = DateTime.ParseExact(text, format, CultureInfo.InvariantCulture);

            TimeOutcome outcome = pattern.Read(Encoding.UTF8.GetBytes(text), out DateTime time, out _);

            Assert.Equal(TimeOutcome.Read, outcome);
            Assert.Equal(expected, time);
        }
    }

    [Theory]
    [InlineData("yyyy-M-d", "2016-2-30", TimeOutcome.Impossible)]
    [InlineData("yyyy-M-d", "2016-13-1", TimeOutcome.Impossible)]
    [InlineData("yyyy-M-d", "2016-0-1", TimeOutcome.Impossible)]
    [InlineData("yyyy-M-d", "2016-1-0", TimeOutcome.Impossible)]
    [InlineData("yyyy-M-d", "0000-1-1", TimeOutcome.Impossible)]
    [InlineData("H:m", "23:60", TimeOutcome.Impossible)]
    [InlineData("h:m tt", "13:00 pm", TimeOutcome.Impossible)]
    [InlineData("h:m tt", "0:30 am", TimeOutcome.Impossible)]
    [InlineData("yyyy-M-d", "2016-1-1 ", TimeOutcome.Unreadable)]
    [InlineData("yyyy-M-d", "2016-1-", TimeOutcome.Unreadable)]
    [InlineData("yyyy-MM-dd", "2016-1-1", TimeOutcome.Unreadable)]
    [InlineData("M/d/yy", "1/2/2016", TimeOutcome.Unreadable)]
    [InlineData("d-MMM-yy", "1-Mrz-16", TimeOutcome.Unreadable)]
    [InlineData("d-MMM-yy", "1-Janu-16", TimeOutcome.Unreadable)]
    [InlineData("H:m:s.F", "1:02:03.", TimeOutcome.Unreadable)]
    [InlineData("H:mK", "1:02", TimeOutcome.Unreadable)]
    [InlineData("H:mK", "1:02+1", TimeOutcome.Unreadable)]
    [InlineData("H:mK", "1:02+15:00", TimeOutcome.Unreadable)]
    public void Text_thatIsNoTime_isToldFromTextOfAnotherFormat(string format, string text, object expected) =>
        Assert.Equal(expected, new TimePattern(format).Read(Encoding.UTF8.GetBytes(text), out _, out _));

    [Theory]
    [InlineData("Z", 0)]
    [InlineData("+00", 0)]
    [InlineData("-05:00", -300)]
    [InlineData("+0530", 330)]
    public void Offset_isReadInAllItsForms(string text, int minutes)
    {
        Assert.Equal(TimeOutcome.Read, new TimePattern("H:mK").Read(Encoding.UTF8.GetBytes("1:02" + text), out DateTime time, out TimeSpan offset));
        Assert.Equal(TimeSpan.FromMinutes(minutes), offset);
        Assert.Equal(new TimeSpan(1, 2, 0), time.TimeOfDay);
    }

    [Theory]
    [InlineData("1:02:03", 0)]
    [InlineData("1:02:03.5", 5_000_000)]
    [InlineData("1:02:03,25", 2_500_000)]
    [InlineData("1:02:03.123456789", 1_234_567)]
    public void Fraction_isOptional(string text, long ticks)
    {
        Assert.Equal(TimeOutcome.Read, new TimePattern("H:m:s.FFF").Read(Encoding.UTF8.GetBytes(text), out DateTime time, out _));
        Assert.Equal(ticks, time.Ticks % TimeSpan.TicksPerSecond);
    }

    /// <summary>
    /// The walk through the parts is the reference: what the short way reads it reads alike, and nothing that it refuses.
    /// </summary>
    [Theory]
    [InlineData("yyyy-M-d H:m:s.F", "2016-02-29 23:59:59", true)]
    [InlineData("yyyy-MM-ddTHH:mm:ss", "2016-02-29T23:59:59", true)]
    [InlineData("d.M.yyyy H:m", "29.02.2016 23:59", true)]
    [InlineData("M/d/yyyy", "02/29/2016", true)]
    [InlineData("yyyyMMdd HHmm", "20160229 2359", true)]
    [InlineData("H:m:s.F", "23:59:59", true)]
    [InlineData("'['yyyy-MM-dd", "[2016-02-29", false)]
    [InlineData("yyyy'\"'MM-dd", "2016\"02-29", false)]
    [InlineData("M/d/yyyy h:m tt", "02/29/2016 11:59 pm", false)]
    [InlineData("M/d/yy", "02/29/16", false)]
    [InlineData("yyyy-M-d H:m:s.FK", "2016-02-29 23:59:59Z", false)]
    public void ShortWay_readsWhatTheLongWayReads(string format, string example, bool isShort)
    {
        var pattern = new TimePattern(format);
        Assert.Equal(isShort, pattern.TryReadFixed(Encoding.UTF8.GetBytes(example), out _));
        var random = new Random(7);
        int read = 0;
        for (int i = 0; i < 20_000; i++)
        {
            // One to three characters changed, taken out or put in: times that do not exist, and no times.
            byte[] text = Encoding.UTF8.GetBytes(example);
            for (int change = random.Next(3); change >= 0; change--)
            {
                int place = random.Next(text.Length);
                byte character = (byte)" 0123456789\"-:./T"[random.Next(17)];
                text = random.Next(8) switch
                {
                    0 => [.. text[..place], .. text[(place + 1)..]],
                    1 => [.. text[..place], character, .. text[place..]],
                    _ => [.. text[..place], character, .. text[(place + 1)..]],
                };
            }

            bool isRead = pattern.TryReadFixed(text, out DateTime time);

            if (!isRead)
                continue;
            read++;
            Assert.Equal(TimeOutcome.Read, pattern.Read(text, out DateTime expected, out TimeSpan offset));
            Assert.Equal((expected, TimeSpan.Zero), (time, offset));
        }
        Assert.Equal(isShort, read > 1000);
    }
}
