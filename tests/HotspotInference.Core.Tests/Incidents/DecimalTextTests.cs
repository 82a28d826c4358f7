using System.Globalization;
using System.Text;
using HotspotInference.Incidents;

namespace HotspotInference.Tests.Incidents;

public class DecimalTextTests
{
    /// <summary>The framework's parser, which rounds exactly, is the reference: the same bits.</summary>
    [Fact]
    public void Numbers_areReadAsTheFrameworkReadsThem()
    {
        var random = new Random(7);
        for (int i = 0; i < 200_000; i++)
        {
            int digits = random.Next(1, 16), behind = random.Next(digits);
            string text = string.Concat(Enumerable.Range(0, digits).Select(_ => (char)('0' + random.Next(10))));
            if (behind > 0)
                text = text.Insert(digits - behind, ".");
            if (random.Next(2) == 0)
                text = "-" + text;

            Assert.True(DecimalText.TryRead(Encoding.UTF8.GetBytes(text), out double value), text);

            Assert.Equal(BitConverter.DoubleToInt64Bits(double.Parse(text, CultureInfo.InvariantCulture)), BitConverter.DoubleToInt64Bits(value));
        }
    }

    [Theory]
    [InlineData("0", 0.0)]
    [InlineData("-0.0", -0.0)]
    [InlineData("007.50", 7.5)]
    [InlineData("999999999999999", 999999999999999.0)]
    [InlineData("0.00000000000001", 1e-14)]
    public void Numbers_atTheEnds_areRead(string text, double expected)
    {
        Assert.True(DecimalText.TryRead(Encoding.UTF8.GetBytes(text), out double value));
        Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(value));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("-.")]
    [InlineData("+5")]
    [InlineData("1e5")]
    [InlineData("1.2.3")]
    [InlineData("--5")]
    [InlineData("1,000")]
    [InlineData(" 5")]
    [InlineData("\"5\"")]
    [InlineData("NaN")]
    [InlineData("1234567890123456")]
    [InlineData("123456789012345.6")]
    [InlineData("00000000000000000000000000000005")]
    public void OtherForms_areLeftToTheParser(string text) => Assert.False(DecimalText.TryRead(Encoding.UTF8.GetBytes(text), out _));
}
