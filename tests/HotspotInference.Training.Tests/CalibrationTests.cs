using HotspotInference.Training.Architectures;
using HotspotInference.Training.Calibrations;
using HotspotInference.Training.Data;
using HotspotInference.Training.Export;
using TorchSharp;
using static TorchSharp.torch;

namespace HotspotInference.Training.Tests;

public sealed class CalibrationTests
{
    // Worked out by hand. By rising risk (0.2 twice): 0 | 1, 0 | 0 | 1 | 1 | 0 | 1.
    // Rates 0, 1/2, 0, 1, 1, 0, 1; 0.2 and 0.3 pool to 1/3, then 0.4, 0.5 and 0.6 to 2/3.
    static readonly float[] s_risks = [0.5f, 0.2f, 0.7f, 0.1f, 0.3f, 0.2f, 0.6f, 0.4f];
    static readonly float[] s_counts = [3, 1, 1, 0, 0, 0, 0, 1];

    [Fact]
    public void Isotonic_regression_pools_what_was_worked_out_by_hand()
    {
        List<PooledRisk.Block> blocks = PooledRisk.Pool(s_risks, s_counts);

        Assert.Equal([1.0, 3, 3, 1], blocks.Select(block => block.Samples));
        AssertNear([0.1, 0.7 / 3, 0.5, 0.7], blocks.Select(block => block.Risk), 1e-7);
        AssertNear([0, 1.0 / 3, 2.0 / 3, 1], blocks.Select(block => block.Rate), 1e-12);
    }

    [Fact]
    public void Knots_leave_out_what_never_or_always_happens()
    {
        (double[] risks, double[] calibrated) = PooledRisk.Knots(s_risks, s_counts);

        // The first two steps are joined, and the last two: 1 of 4 at 0.2, and 3 of 4 at 0.55.
        AssertNear([0, 0.2, 0.55, 1], risks, 1e-7);
        AssertNear([0, 0.25, 0.75, 1], calibrated, 1e-12);
    }

    [Fact]
    public void Isotonic_line_is_straight_between_knots()
    {
        using DisposeScope scope = NewDisposeScope();
        IsotonicMap map = IsotonicMap.Fit(tensor(s_risks).view(2, 1, 2, 2), tensor(s_counts).view(2, 1, 2, 2));

        float[] found = map.Risk(tensor(new float[] { 0, 1e-6f, 0.1f, 0.2f, 0.375f, 0.55f, 0.775f, 1 }).view(1, 1, 2, 4)).data<float>().ToArray();

        AssertNear([0, 1.25e-6, 0.125, 0.25, 0.5, 0.75, 0.875, 1], found.Select(value => (double)value), 1e-6);
        Assert.Equal(1.25e-6, found[1], 1e-12);
    }

    [Theory]
    [InlineData(32)]
    [InlineData(8)]
    public void Knots_are_few_rise_and_say_how_often_it_happens(int maximum)
    {
        // What happens half as often as is said where much is said, and twice as often where little is.
        var random = new Random(3);
        float[] risks = [.. Enumerable.Range(0, 40_000).Select(_ => (float)random.NextDouble())];
        float[] counts = Array.ConvertAll(risks, risk => random.NextDouble() < True(risk) ? 1f : 0);

        (double[] x, double[] y) = PooledRisk.Knots(risks, counts, maximum);

        Assert.InRange(x.Length, 6, maximum);
        Assert.Equal((0.0, 1.0, 0.0, 1.0), (x[0], x[^1], y[0], y[^1]));
        for (int i = 1; i < x.Length; i++)
        {
            Assert.True(x[i] > x[i - 1] && y[i] > y[i - 1]);
            Assert.InRange((y[i] - y[i - 1]) / (x[i] - x[i - 1]), 0, PooledRisk.Steepest);
            if (i < x.Length - 1)
                Assert.InRange(y[i] - True((float)x[i]), -0.06, 0.06);
        }

        static double True(float risk) => Math.Min(2 * risk, 0.25 + risk / 4);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Isotonic_line_of_days_that_are_all_alike_leaves_risk_as_it_is(float count)
    {
        (double[] x, double[] y) = PooledRisk.Knots([0.1f, 0.3f, 0.2f], [count, count, count]);

        Assert.Equal([0.0, 1], x);
        Assert.Equal([0.0, 1], y);
    }

    [Fact]
    public void Temperature_is_that_of_another_optimiser()
    {
        float[] logits = [-6, -5.5f, -5, -4, -4, -3.5f, -3, -2.5f, -2, -1.5f, -1, -0.5f, 0, 0.5f, 1];
        float[] counts = [0, 0, 1, 0, 0, 0, 2, 0, 0, 1, 0, 5, 0, 1, 1];

        (double slope, double shift) = new OccurrenceLine(logits, counts).Fit();

        // scipy.optimize.minimize of the same likelihood, BFGS and then Nelder-Mead to 1e-13.
        Assert.Equal(0.35776714, slope, 1e-6);
        Assert.Equal(0.0902172, shift, 1e-6);
    }

    [Theory]
    [InlineData(0.6, -0.8)]
    [InlineData(1.0, 0.0)]
    [InlineData(1.5, 0.3)]
    public void Temperature_recovers_a_known_slope(double slope, double shift)
    {
        var random = new Random(4);
        float[] logits = [.. Enumerable.Range(0, 100_000).Select(_ => (float)(-7 + 7 * random.NextDouble()))];
        float[] counts = Array.ConvertAll(logits, logit => random.NextDouble() < 1 - Math.Exp(-Math.Exp(slope * logit + shift)) ? 1f : 0);

        (double foundSlope, double foundShift) = new OccurrenceLine(logits, counts).Fit();

        // More than three standard errors of the steepest.
        Assert.Equal(slope, foundSlope, 0.06);
        Assert.Equal(shift, foundShift, 0.08);
    }

    [Theory]
    [InlineData(new float[] { 0, 0, 1, 1 }, OccurrenceLine.LargestSlope)]
    [InlineData(new float[] { 1, 1, 0, 0 }, OccurrenceLine.LeastSlope)]
    [InlineData(new float[] { 0, 0, 0, 0 }, 1)]
    [InlineData(new float[] { 1, 1, 1, 1 }, 1)]
    public void Slope_stays_within_bounds(float[] counts, double expected)
    {
        (double slope, double shift) = new OccurrenceLine([-2, -1.5f, -0.5f, 0], counts).Fit();

        Assert.Equal(expected, slope);
        Assert.True(double.IsFinite(shift));
    }

    [Theory]
    [InlineData("temperature", 0)]
    [InlineData("temperature", 2)]
    [InlineData("isotonic", 0)]
    [InlineData("isotonic", 2)]
    public void Exported_calibrated_network_forecasts_what_libtorch_does_and_keeps_the_order_of_cells(string kind, int kinds)
    {
        HotspotNetCity city = HotspotNetCity.Random(kinds, rows: 9, columns: 8);
        using Network network = Stirred(city);
        OccurrenceObjective objective = city.Objective();
        WindowSet days = city.Set(112, 38, network);
        int[] positions = [.. Enumerable.Range(0, days.Count)];
        using DisposeScope scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor counts = days.Counts(positions);
        double[] levelShifts = RiskCalibration.Apply(network, objective, days, 16);
        float[] before = objective.Risk(network.call(days.Inputs(positions))).data<float>().ToArray();

        double[] shifts = RiskCalibration.Apply(network, objective, days, 16, trust: 1, Enum.Parse<CalibrationKind>(kind, ignoreCase: true));
        RiskCalibration.FitCounts(network, objective, days, 16);

        byte[] model = TrainedModel.Build(network, objective, city.Metadata).ToArray();
        Assert.InRange(ParityCheck.Run(network, objective, model, city.Set(112, 38)), 0, ParityCheck.Tolerance);
        using var predictor = HotspotPredictor.Load(model);
        Assert.Equal(kind, predictor.Metadata.Calibration!.Method.ToString().ToLowerInvariant());
        Assert.Equal(predictor.Classes, predictor.Metadata.Calibration.Classes.Select(one => one.Class));
        float[] after = objective.Risk(network.call(days.Inputs(positions))).data<float>().ToArray();
        Assert.True(Loss(after, counts) < Loss(before, counts) - 1e-4);
        // The level was fitted already, and the shift is that of the level alone.
        Assert.All(shifts, shift => Assert.InRange(shift, -1e-4, 1e-4));
        Assert.Contains(levelShifts, shift => Math.Abs(shift) > 0.05);
        int cells = city.Shape.Rows * city.Shape.Columns;
        for (int map = 0; map < before.Length / cells; map++)
        {
            float[] calibrated = after[(map * cells)..((map + 1) * cells)];
            Array.Sort(before[(map * cells)..((map + 1) * cells)], calibrated);
            Assert.True(calibrated.Zip(calibrated.Skip(1)).All(pair => pair.Second >= pair.First - 1e-6f));
        }
    }

    [Fact]
    public void Level_alone_is_what_it_was_and_says_nothing_of_itself()
    {
        HotspotNetCity city = HotspotNetCity.Random();
        using Network network = Stirred(city);
        OccurrenceObjective objective = city.Objective();

        RiskCalibration.Apply(network, objective, city.Set(112, 38, network), 16, 0.5, CalibrationKind.Level);

        using var predictor = HotspotPredictor.Load(TrainedModel.Build(network, objective, city.Metadata).ToArray());
        Assert.Null(predictor.Metadata.Calibration);
    }

    [Fact]
    public void Temperature_is_told_for_the_level_of_the_days_whatever_share_of_the_level_is_kept()
    {
        HotspotNetCity city = HotspotNetCity.Random();
        using Network whole = Stirred(city), half = Stirred(city);
        OccurrenceObjective first = city.Objective(), second = city.Objective();

        double[] all = RiskCalibration.Apply(whole, first, city.Set(112, 38, whole), 16, 1, CalibrationKind.Temperature);
        double[] part = RiskCalibration.Apply(half, second, city.Set(112, 38, half), 16, 0.5, CalibrationKind.Temperature);

        Assert.Equal(all[0] / 2, part[0]);
        Assert.Equal(first.Calibration(["any"])!.Classes[0], second.Calibration(["any"])!.Classes[0]);
        Assert.NotInRange(first.Calibration(["any"])!.Classes[0].Slope!.Value, 0.95, 1.05);
    }

    [Fact]
    public void Other_losses_have_no_calibration_beyond_the_level()
    {
        using Tensor any = zeros([1, 1, 2, 2]);
        var poisson = new PoissonObjective([0.1]);

        poisson.Calibrate(CalibrationKind.Level, any, any);

        Assert.Null(poisson.Calibration(["any"]));
        Assert.Throws<NotSupportedException>(() => poisson.Calibrate(CalibrationKind.Temperature, any, any));
    }

    // Corrections that nobody has learnt: too sure of themselves.
    static Network Stirred(HotspotNetCity city)
    {
        Network network = city.Network();
        network.eval();
        using var noGrad = no_grad();
        foreach ((string name, Tensor weight) in network.state_dict())
        {
            if (name.StartsWith("_corrections", StringComparison.Ordinal))
                weight.uniform_(-0.6, 0.6);
        }
        network.ShiftLogits([.. Enumerable.Repeat(0.4, city.Shape.Classes)]);
        return network;
    }

    static double Loss(float[] risk, Tensor counts) => risk.Zip(counts.data<float>().ToArray(),
        (p, count) => -Math.Log(Math.Clamp(count > 0 ? p : 1 - (double)p, 1e-12, 1))).Average();

    static void AssertNear(IEnumerable<double> expected, IEnumerable<double> found, double tolerance) =>
        Assert.Equal(expected, found, (a, b) => Math.Abs(a - b) <= tolerance);
}
