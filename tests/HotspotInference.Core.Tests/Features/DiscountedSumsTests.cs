using HotspotInference.Features;

namespace HotspotInference.Tests.Features;

/// <summary>What float32 makes of discounted sums, beside a loop in double precision that multiplies and adds in every period.</summary>
public sealed class DiscountedSumsTests
{
    const int Cells = 48;

    public static TheoryData<double, double> HalfLives => new()
    {
        { 0, 2e-7 }, { 0.01, 2e-7 }, { 1, 4e-7 }, { 7, 8e-7 }, { 64, 2e-6 }, { 512, 5e-6 }, { 1024, 6e-6 },
        { 1025, 4e-7 }, { 2000, 4e-7 }, { 36864, 4e-7 }, { double.PositiveInfinity, 4e-7 },
    };

    [Theory]
    [MemberData(nameof(HalfLives))]
    public void The_same_map_in_every_period_has_itself_as_its_mean(double halfLife, double error) =>
        AssertMeans(halfLife, error, (cell, _) => Width(cell));

    [Theory]
    [MemberData(nameof(HalfLives))]
    public void Means_of_smoothed_counts_are_those_of_double_precision(double halfLife, double error) =>
        AssertMeans(halfLife, error, (cell, random) => Width(cell) * random.Next(4) + Width(cell + 1) * random.Next(2));

    [Theory]
    [MemberData(nameof(HalfLives))]
    public void Means_of_marks_are_those_of_double_precision(double halfLife, double error) =>
        AssertMeans(halfLife, error, (cell, random) => random.Next(Cells) < cell ? 1 : 0);

    [Theory]
    [MemberData(nameof(HalfLives))]
    public void Means_of_rare_counts_are_those_of_double_precision(double halfLife, double error) =>
        AssertMeans(halfLife, error, (cell, random) => random.Next(100) < 2 ? Width(cell) : 0);

    [Theory]
    [InlineData(1)]
    [InlineData(3.5)]
    public void What_was_counted_long_ago_fades_without_a_trace(double halfLife)
    {
        var sums = new DiscountedSums(halfLife, 1);
        sums.Append([1], [new CellRun(0, 1)]);
        double sum = 1, periods = 1;
        for (int age = 1; age < 2000; age++)
        {
            sums.Append([0], []);
            (sum, periods) = (sum * Math.Pow(0.5, 1 / halfLife), periods * Math.Pow(0.5, 1 / halfLife) + 1);
            float[] mean = new float[1];
            sums.CopyTo(mean);
            // Of float32 there is nothing below 2^-149, and fewer digits below 2^-126.
            Assert.Equal(sum / periods, mean[0], 1e-6 * sum / periods + 1e-38);
        }
    }

    // Weights of a kernel, from large to tiny.
    static float Width(int cell) => (float)(0.3 * Math.Exp(-0.2 * (cell % Cells)));

    static void AssertMeans(double halfLife, double error, Func<int, Random, float> count)
    {
        var random = new Random(5);
        var sums = new DiscountedSums(halfLife, Cells);
        double decay = Math.Pow(0.5, 1 / halfLife), periods = 0, worst = 0;
        double[] expected = new double[Cells];
        float[] map = new float[Cells], means = new float[Cells];
        for (int period = 1; period <= 6000; period++)
        {
            for (int cell = 0; cell < Cells; cell++)
            {
                map[cell] = count(cell, random);
                expected[cell] = expected[cell] * decay + map[cell];
            }
            periods = periods * decay + 1;
            // The last cells are a run of their own.
            sums.Append(map, [new CellRun(0, Cells - 5), new CellRun(Cells - 5, 5)]);
            if (period % 50 > 0)
                continue;
            sums.CopyTo(means);
            for (int cell = 0; cell < Cells; cell++)
            {
                double mean = expected[cell] / periods;
                // Without any count for a hundred half-lives there is no digit left to compare.
                if (mean > 1e-30)
                    worst = Math.Max(worst, Math.Abs(means[cell] / mean - 1));
            }
        }
        Assert.True(worst < error, $"{worst}");
    }
}
