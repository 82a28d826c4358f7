using HotspotInference.Evaluation;
using HotspotInference.Forecasts;

namespace HotspotInference.Tests.Evaluation;

public class ProbabilityScoresTests
{
    const int Rows = 7, Columns = 9, Cells = Rows * Columns, Periods = 12;
    static readonly ScoringOptions s_noIntervals = new() { BootstrapDraws = 0 };
    static readonly bool[] s_active = [.. Enumerable.Range(0, Cells).Select(cell => cell % 3 != 0)];

    // Worked out with numpy 1.24 and scipy 1.10 in double over the same float32 maps: rankdata for the area under the curve, xlogy for the
    // deviance, searchsorted for the bins of equal mass, uniform_filter over zero-padded maps for the windows.
    [Theory]
    [InlineData(true, 0.14487191688203294, 0.5165603444551646, 0.15753968339314853, 0.8259864516463578, 1.8733929827228197,
        0.40331747951528363, 0.5981253389286286, 1.0817773160329445, 0.7425332040492412, 0.14656084940507613, 0.14656084940507613,
        0.14325397003382917,
        0.302284712383208, 0.7107551893359684, 0.8043834472993117, 0.8476435857299649)]
    [InlineData(false, 0.16825578642598354, 0.5190731967224919, 0.30947432846792, 0.9235170861986526, 1.8528563016614488,
        0.9328079739324386, 1.3057447752235791, 1.1091078561555383, 0.8410579337315719, 0.3595628928412836,
        0.35861233546935695, 0.3320094309155903,
        0.3087649649878349, 0.4964802051728652, 0.5265775979666876, 0.5415185362305494)]
    public void Scores_are_those_of_numpy_and_scipy(bool tied, double precision, double auc, double brier, double logLoss, double deviance,
        double mae, double rmse, double maskedMae, double maskedMape, double ece, double eceMass, double eceActive,
        double fss1, double fss3, double fss5, double fss11)
    {
        ClassScore any = Scored(tied);
        Assert.Equal(precision, any.AveragePrecision!.Value.Value, 1e-12);
        Assert.Equal(auc, any.RocAuc!.Value.Value, 1e-12);
        Assert.Equal(brier, any.Brier.Value, 1e-12);
        Assert.Equal(logLoss, any.LogLoss.Value, 1e-12);
        Assert.Equal(deviance, any.PoissonDeviance.Value, 1e-12);
        Assert.Equal((mae, rmse), (any.Mae.Value, any.Rmse.Value), Near);
        Assert.Equal((maskedMae, maskedMape), (any.MaskedMae!.Value.Value, any.MaskedMape!.Value.Value), Near);
        Assert.Equal((ece, eceMass), (any.Ece.Value, any.EceEqualMass.Value), Near);
        Assert.Equal(eceActive, any.EceActiveCells!.Value.Value, 1e-12);
        Assert.Equal((fss1, fss3), (any.Fss[1]!.Value.Value, any.Fss[3]!.Value.Value), Near);
        Assert.Equal((fss5, fss11), (any.Fss[5]!.Value.Value, any.Fss[11]!.Value.Value), Near);
        // The uniform map does not depend on the forecast.
        Assert.Equal((0.24797219003476234, 0.7392088163522343), (any.FssUniform[1]!.Value.Value, any.FssUniform[3]!.Value.Value), Near);
        Assert.Equal((0.8713340086954792, 0.9266459771910601), (any.FssUniform[5]!.Value.Value, any.FssUniform[11]!.Value.Value), Near);

        static bool Near((double, double) a, (double, double) b) => Math.Abs(a.Item1 - b.Item1) < 1e-12
            && Math.Abs(a.Item2 - b.Item2) < 1e-12;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Scores_equal_their_definitions(bool tied)
    {
        ClassScore any = Scored(tied);
        (float[] Risk, float[] Actual)[] maps = [.. Enumerable.Range(0, Periods).Select(t => (Risk(tied, t), Actual(t)))];
        (float, bool)[] pairs = [.. maps.SelectMany(map => map.Risk.Zip(map.Actual, (r, a) => (r, a > 0)))];
        Assert.Equal(SlowScores.RocAuc(pairs), any.RocAuc!.Value.Value, 1e-12);
        Assert.Equal(SlowScores.EqualMassError(pairs, 15), any.EceEqualMass.Value, 1e-12);
        foreach (int window in ScoringOptions.Default.FssWindows)
            Assert.Equal(SlowScores.Fss(maps, Rows, Columns, window), any.Fss[window]!.Value.Value, 1e-12);
    }

    [Fact]
    public void Deviance_and_count_errors_by_hand()
    {
        // Expected counts ln 2 from a risk of one half, and 2 and 0.5 where the forecaster says so itself.
        var scorer = new ForecastScorer(Sample.Grid(1, 2), ["any"], s_noIntervals);
        scorer.Add([0.5f, 0.5f], [0, 3]);
        double mean = Math.Log(2);
        ClassScore any = scorer.Scored().Classes["any"];
        Assert.Equal((2 * mean + 2 * (3 * Math.Log(3 / mean) - (3 - mean))) / 2, any.PoissonDeviance.Value, 1e-12);
        Assert.Equal((mean + (3 - mean)) / 2, any.Mae.Value, 1e-12);
        Assert.Equal(3 - mean, any.MaskedMae!.Value.Value, 1e-12);
        Assert.Equal((3 - mean) / 3, any.MaskedMape!.Value.Value, 1e-12);

        var told = new ForecastScorer(Sample.Grid(1, 2), ["any"], s_noIntervals);
        told.Add([0.5f, 0.5f], [0, 3], intensity: [0.5f, 2]);
        any = told.Scored().Classes["any"];
        Assert.Equal((2 * 0.5 + 2 * (3 * Math.Log(1.5) - 1)) / 2, any.PoissonDeviance.Value, 1e-12);
        Assert.Equal(0.75, any.Mae.Value, 1e-12);
        Assert.Equal(Math.Sqrt((0.25 + 1) / 2), any.Rmse.Value, 1e-12);
        Assert.Equal((1.0, 1 / 3.0), (any.MaskedMae!.Value.Value, any.MaskedMape!.Value.Value));
    }

    [Fact]
    public void Risk_of_nothing_and_of_certainty_has_a_finite_deviance()
    {
        var scorer = new ForecastScorer(Sample.Grid(1, 2), ["any"], s_noIntervals);
        scorer.Add([0, 1], [1, 0]);
        double least = -Math.Log(1 - Math.Pow(2, -23)), most = -Math.Log(Math.Pow(2, -23));
        Assert.Equal((2 * (Math.Log(1 / least) - (1 - least)) + 2 * most) / 2, scorer.Scored().Classes["any"].PoissonDeviance.Value, 1e-6);
    }

    [Fact]
    public void Reliability_curves_hold_every_cell_period_once_and_add_up_to_the_error()
    {
        ClassScore any = Scored(tied: false);
        foreach ((IReadOnlyList<ReliabilityBin> curve, Estimate error, int cells) in new[]
        {
            (any.Reliability.EqualWidth, any.Ece, Cells), (any.Reliability.EqualMass, any.EceEqualMass, Cells),
            (any.Reliability.ActiveCells, any.EceActiveCells!.Value, 42),
        })
        {
            Assert.Equal(cells * Periods, curve.Sum(bin => bin.CellPeriods));
            Assert.Equal(error.Value, curve.Sum(bin => bin.CellPeriods / (cells * Periods) * Math.Abs(bin.MeanRisk - bin.Frequency)),
                1e-12);
            Assert.Equal(curve.Select(bin => bin.MeanRisk).Order(), curve.Select(bin => bin.MeanRisk));
        }
        // 756 cell-periods of distinct risk in 15 bins.
        Assert.All(any.Reliability.EqualMass, bin => Assert.InRange(bin.CellPeriods, 50, 51));
    }

    [Fact]
    public void Periods_added_after_scoring_are_scored_with_the_others()
    {
        var scorer = new ForecastScorer(Sample.Grid(Rows, Columns), ["any"], activeCells: s_active);
        for (int t = 0; t < Periods; t++)
        {
            scorer.Add(Risk(false, t), Actual(t));
            _ = t == 5 ? scorer.Scored() : null;
        }
        Assert.Equal(Scored(tied: false).EceEqualMass.Value, scorer.Scored().Classes["any"].EceEqualMass.Value);
    }

    [Fact]
    public void Fractions_skill_by_hand()
    {
        // One row of three cells: the risk lies one cell beside the event. Windows of 3 x 3 cells reach outside, where there is nothing.
        // R = (1, 1, 0) / 9, O = (1, 1, 1) / 9: 1 - 1 / (2 + 3). The base rate 1/3 everywhere is U = (2, 3, 2) / 27: 1 - 2 / (17 + 27).
        var scorer = new ForecastScorer(Sample.Grid(1, 3), ["any"], s_noIntervals with { FssWindows = [1, 3] });
        scorer.Add([1, 0, 0], [0, 2, 0]);
        ClassScore any = scorer.Scored().Classes["any"];
        Assert.Equal((0.0, 0.8), (any.Fss[1]!.Value.Value, Math.Round(any.Fss[3]!.Value.Value, 12)));
        Assert.Equal(1 - 2 / 44.0, any.FssUniform[3]!.Value.Value, 1e-12);
    }

    [Fact]
    public void Windows_and_intensities_that_cannot_be_are_refused()
    {
        Assert.Throws<HotspotException>(() => new ForecastScorer(Sample.Grid(1, 2), ["any"], new() { FssWindows = [2] }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ForecastScorer(Sample.Grid(1, 2), ["any"], new() { EventWeights = [0] }));
        var scorer = new ForecastScorer(Sample.Grid(1, 2), ["any"]);
        Assert.Throws<HotspotException>(() => scorer.Add([0, 0], [0, 0], intensity: [0, float.NaN]));
        Assert.Throws<ArgumentException>(() => scorer.Add([0, 0], [0, 0], intensity: [0]));
        Assert.Throws<ArgumentException>(() => new ForecastScorer(Sample.Grid(1, 2), ["any"], activeCells: [true]));
    }

    [Fact]
    public void Active_cells_of_an_ignored_margin_are_left_out()
    {
        var scorer = new ForecastScorer(Sample.Grid(3, 3), ["any"], s_noIntervals with { Border = BorderPolicy.Ignore(1) },
            activeCells: [true, true, true, true, true, true, true, true, true]);
        scorer.Add([1, 1, 1, 1, 0.25f, 1, 1, 1, 1], new float[9]);
        Assert.Equal([new ReliabilityBin(0.25, 0, 1)], scorer.Scored().Classes["any"].Reliability.ActiveCells);
    }

    static float[] Risk(bool tied, int t) => tied ? Sample.Steps(Cells, (uint)t + 1, 6) : Sample.Numbers(Cells, (uint)t + 1);

    static float[] Actual(int t) => Sample.Counts(Cells, (uint)t + 51);

    static ClassScore Scored(bool tied)
    {
        var scorer = new ForecastScorer(Sample.Grid(Rows, Columns), ["any"], s_noIntervals, activeCells: s_active);
        for (int t = 0; t < Periods; t++)
            scorer.Add(Risk(tied, t), Actual(t));
        return scorer.Scored().Classes["any"];
    }
}
