using HotspotInference.Incidents;
using HotspotInference.Onnx.History;
using HotspotInference.Prediction;

namespace HotspotInference.Onnx.Tests;

public sealed class HistoryModelGraphTests
{
    static readonly KindEncoding s_kinds = KindEncoding.Of("single", "multiple");

    [Theory]
    [InlineData(1, 4, 5)]
    [InlineData(3, 4, 5)]
    [InlineData(8, 4, 5)]
    [InlineData(1, 17, 9)]
    [InlineData(3, 17, 9)]
    [InlineData(8, 17, 9)]
    public void Predictions_equal_the_model_written_out_in_double(int batch, int rows, int columns)
    {
        const int Rates = 44, Days = 6;
        ModelMetadata metadata = HistoryModels.Metadata(s_kinds, Rates, Days);
        HistoryModelParameters parameters = HistoryModels.Parameters(metadata, seed: 7);
        var random = new Random(batch);
        int cells = rows * columns;
        // Rates over many orders of magnitude, as cells of a city have them.
        float[] history = [.. Enumerable.Range(0, batch * Rates * cells).Select(_ => (float)Math.Pow(10, -6 * random.NextDouble()))];
        float[] calendar = [.. Enumerable.Range(0, batch * Days).Select(_ => 4 * random.NextSingle() - 2)];
        float[] risk = new float[batch * 3 * cells], intensity = new float[risk.Length];

        using var predictor = HotspotPredictor.Load(HistoryModelGraph.Build(parameters, metadata).ToArray());
        predictor.Predict(new HotspotInput { Batch = batch, Rows = rows, Columns = columns, History = history, Calendar = calendar },
            new HotspotOutput { Risk = risk, Intensity = intensity });

        int checkedCells = 0;
        for (int b = 0; b < batch; b++)
        {
            for (int k = 0; k < 3; k++)
            {
                double logFactor = parameters.Bias[k];
                for (int d = 0; d < Days; d++)
                    logFactor += calendar[b * Days + d] * parameters.Beta[k][d];
                for (int cell = 0; cell < cells; cell++)
                {
                    double mixture = parameters.Floor[k];
                    for (int f = 0; f < Rates; f++)
                        mixture += parameters.Weights[k][f] * history[(b * Rates + f) * cells + cell];
                    double expected = Math.Exp(logFactor) * mixture;
                    int at = (b * 3 + k) * cells + cell;
                    AssertRelative(expected, intensity[at], 1e-5);
                    AssertRelative(1 - Math.Exp(-expected), risk[at], 1e-5);
                    checkedCells++;
                }
            }
        }
        Assert.Equal(risk.Length, checkedCells);
    }

    [Fact]
    public void Risk_keeps_six_digits_from_the_smallest_intensity_to_the_largest()
    {
        const int Count = 4000;
        // One weight of 1, and a day factor of 1: the intensity is the rate.
        ModelMetadata metadata = HistoryModels.Metadata(KindEncoding.Any, halfLives: 1);
        var parameters = new HistoryModelParameters { Weights = [[1]], Floor = [0], Bias = [0], Beta = [[0]] };
        float[] rates = [.. Enumerable.Range(0, Count).Select(i => (float)(1e-7 * Math.Pow(20 / 1e-7, i / (Count - 1.0))))];
        float[] risk = new float[Count], intensity = new float[Count];

        using var predictor = HotspotPredictor.Load(HistoryModelGraph.Build(parameters, metadata).ToArray());
        predictor.Predict(new HotspotInput { Rows = 1, Columns = Count, History = rates, Calendar = [0] },
            new HotspotOutput { Risk = risk, Intensity = intensity });

        Assert.Equal(rates, intensity);
        for (int i = 0; i < Count; i++)
            AssertRelative(ProbabilityOfAny(rates[i]), risk[i], 1e-6);
        Assert.All(risk, p => Assert.InRange(p, 0, 1));
    }

    [Fact]
    public void Risk_of_no_intensity_is_zero_and_of_a_boundless_one_is_one()
    {
        ModelMetadata metadata = HistoryModels.Metadata(KindEncoding.Any, halfLives: 1);
        var parameters = new HistoryModelParameters { Weights = [[1]], Floor = [0], Bias = [0], Beta = [[1]] };
        float[] risk = new float[2], intensity = new float[2];

        using var predictor = HotspotPredictor.Load(HistoryModelGraph.Build(parameters, metadata).ToArray());
        predictor.Predict(new HotspotInput { Rows = 1, Columns = 2, History = [0, 3], Calendar = [1000] },
            new HotspotOutput { Risk = risk, Intensity = intensity });

        Assert.Equal([0, 1], risk);
        AssertRelative(3 * Math.Exp(HistoryModelGraph.MaximumLogFactor), intensity[1], 1e-5);
    }

    [Fact]
    public void Count_ratio_scales_the_expected_count_of_its_class_and_leaves_risk()
    {
        ModelMetadata metadata = HistoryModels.Metadata(s_kinds, halfLives: 1);
        var parameters = new HistoryModelParameters
        {
            Weights = [[1], [1], [2]],
            Floor = [0, 0, 0],
            Bias = [0, 0, 0],
            Beta = [[0], [0], [0]],
            CountRatio = [1, 1.5, 4],
        };
        float[] risk = new float[6], intensity = new float[6];

        using var predictor = HotspotPredictor.Load(HistoryModelGraph.Build(parameters, metadata).ToArray());
        predictor.Predict(new HotspotInput { Rows = 1, Columns = 2, History = [0.25f, 0.5f], Calendar = [0] },
            new HotspotOutput { Risk = risk, Intensity = intensity });

        double[] intensities = [0.25, 0.5, 0.25, 0.5, 0.5, 1];
        Assert.Equal(intensities.Select(mean => 1 - Math.Exp(-mean)), risk.Select(p => (double)p), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal([0.25f, 0.5f, 0.375f, 0.75f, 2, 4], intensity);
    }

    [Fact]
    public void Same_parameters_give_the_same_file()
    {
        ModelMetadata metadata = HistoryModels.Metadata(s_kinds);
        Assert.Equal(HistoryModels.Model(metadata), HistoryModels.Model(metadata));
        Assert.NotEqual(HistoryModels.Model(metadata), HistoryModels.Model(metadata, seed: 2));
    }

    [Fact]
    public void Numbers_that_do_not_fit_the_metadata_are_refused()
    {
        ModelMetadata metadata = HistoryModels.Metadata(s_kinds);
        HistoryModelParameters good = HistoryModels.Parameters(metadata, seed: 1);

        Refused(good with { Weights = [[1, 1], [1, 1]] }, metadata);
        Refused(good with { Weights = [[1, 1], [1, 1], [1]] }, metadata);
        Refused(good with { Weights = [[1, 1], [1, 1], [1, -1e-9]] }, metadata);
        Refused(good with { Weights = [[1, 1], [1, 1], [1, double.NaN]] }, metadata);
        Refused(good with { Bias = [0, 0] }, metadata);
        Refused(good with { Beta = [[0], [0], [double.PositiveInfinity]] }, metadata);
        Refused(good with { CountRatio = [1, 1] }, metadata);
        Refused(good with { CountRatio = [1, 1, -0.5] }, metadata);
        Refused(good, metadata with { Architecture = "conv-lstm" });
        Refused(good, metadata with { Grid = GridMode.Fixed });
        Refused(good, metadata with { Features = metadata.Features with { Calendar = null } });

        static void Refused(HistoryModelParameters parameters, ModelMetadata metadata) =>
            Assert.Throws<ArgumentException>(() => HistoryModelGraph.Build(parameters, metadata));
    }

    // 1 - e^-x by its series where the subtraction would lose digits.
    static double ProbabilityOfAny(double x)
    {
        if (x > 0.1)
            return 1 - Math.Exp(-x);
        double sum = 0, term = 1;
        for (int n = 1; n < 15; n++)
            sum -= term *= -x / n;
        return sum;
    }

    static void AssertRelative(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(actual - expected) <= tolerance * Math.Abs(expected),
            $"{actual} is not within {tolerance} (relative) of {expected}.");
}
