using HotspotInference.Rendering;

namespace HotspotInference.Tests.Rendering;

public class RiskCodesTests
{
    [Fact]
    public void Order_is_kept_exactly_and_risk_within_half_a_percent()
    {
        // Over six powers of ten; many of them equal; many in groups of ten that are neighbouring floats.
        float[] numbers = Sample.Numbers(4096, 3);
        float[] risk = [.. numbers.Select((x, i) => i % 3 == 0 ? MathF.Pow(10, -6 * x) : i % 3 == 1 ? MathF.Round(x, 2)
            : BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(MathF.Pow(10, -3 * numbers[i / 30])) + i % 30 / 3))];
        var codes = new ushort[risk.Length];

        RiskCodes.Encode(risk, codes);

        for (int i = 0; i < risk.Length; i += 7)
        {
            for (int j = 0; j < risk.Length; j++)
                Assert.Equal(risk[i].CompareTo(risk[j]), Math.Sign(codes[i].CompareTo(codes[j])));
        }
        Assert.All(risk.Zip(codes), pair => Assert.Equal(pair.First, Risk(pair.Second), 0.005 * pair.First + 1e-9));
    }

    [Fact]
    public void Lone_risks_are_within_half_a_step()
    {
        float[] risk = [0, 1e-6f, 0.00123f, 0.0456f, 0.31415f, 0.999f, 1];
        var codes = new ushort[risk.Length];

        RiskCodes.Encode(risk, codes);

        Assert.Equal(0, codes[0]);
        Assert.All(risk.Zip(codes), pair => Assert.Equal(pair.First, Risk(pair.Second), 0.000125 * pair.First));
    }

    [Fact]
    public void Crowd_falls_together_rather_than_far_from_its_risk()
    {
        // 4,096 neighbouring floats: they span 0.05%, two steps.
        float[] risk = [.. Enumerable.Range(0, 4096).Select(i => BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(0.9995f) + i))];
        var codes = new ushort[risk.Length];

        RiskCodes.Encode(risk, codes);

        Assert.Equal(codes.Order(), codes);
        Assert.All(risk.Zip(codes), pair => Assert.Equal(pair.First, Risk(pair.Second), 0.0055 * pair.First));
    }

    static double Risk(ushort code) => code == 0 ? 0 : RiskCodes.Lowest * Math.Exp((code - 1) * RiskCodes.Step);
}
