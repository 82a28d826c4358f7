using HotspotInference.Forecasts;

namespace HotspotInference.Tests.Forecasts;

public sealed class ThresholdSelectionTests
{
    // Two periods of 1 x 5 cells. By falling risk, with the incidents there:
    //   0.9: 2 | 0.8: 0 | 0.7: 1, 0 | 0.5: 0 | 0.4: 3 | 0.2: 0, 0, 1 | 0: 0
    // so 4 of 10 cell-periods have incidents, 7 in all.
    static readonly float[] s_risk = [0.9f, 0.7f, 0.2f, 0.2f, 0.0f, 0.2f, 0.4f, 0.5f, 0.7f, 0.8f];
    static readonly float[] s_actual = [2, 1, 0, 0, 0, 1, 3, 0, 0, 0];

    static ThresholdCurve Choose(string rule) =>
        ThresholdSelection.Over(["any"], 1, 5, s_risk, s_actual, ThresholdRule.Parse(rule)).Curves[0];

    [Theory]
    // Hot is strictly above: a threshold of 0.7 flags 2 of 10, 0.5 flags 4, 0.4 flags 5.
    [InlineData("coverage=0.05", 0.9f, 0)]
    [InlineData("coverage=0.1", 0.8f, 1)]
    [InlineData("coverage=0.35", 0.7f, 2)]
    [InlineData("coverage=0.4", 0.5f, 4)]
    [InlineData("coverage=1", 0.0f, 9)]
    // Missed: 3 of 4 above 0.8, still 3 above 0.7, 2 above 0.5 and 0.4, 1 above 0.2, none above 0.
    [InlineData("miss=0.75", 0.8f, 1)]
    [InlineData("miss=0.74", 0.5f, 4)]
    [InlineData("miss=0.25", 0.2f, 6)]
    [InlineData("miss=0", 0.0f, 9)]
    // Cost at ratio R, above 0.9 .. 0: 4R, 3R, 3R+1, 2R+2, 2R+3, R+3, 5.
    [InlineData("cost=0.1", 0.8f, 1)]
    // As much as above 0.2: of several the highest.
    [InlineData("cost=1.5", 0.8f, 1)]
    [InlineData("cost=1.6", 0.2f, 6)]
    [InlineData("cost=1.4", 0.8f, 1)]
    [InlineData("cost=2.5", 0.0f, 9)]
    [InlineData("cost=2", 0.2f, 6)]
    public void Rule_chooses_the_threshold_worked_out_by_hand(string rule, float threshold, int hot)
    {
        ThresholdPoint selected = Choose(rule).Selected;

        Assert.Equal((threshold, hot), (selected.Threshold, selected.HotCellPeriods));
    }

    [Fact]
    public void Curve_tells_what_each_threshold_does()
    {
        ThresholdCurve curve = Choose("coverage=0.4");

        Assert.Equal(new ThresholdTotals(2, 10, 4, 7), curve.Selected.Totals);
        Assert.Equal([0.9f, 0.8f, 0.7f, 0.5f, 0.4f, 0.2f, 0f], curve.Points.Select(point => point.Threshold));
        Assert.Equal([0, 0.1, 0.2, 0.4, 0.5, 0.6, 0.9], curve.Points.Select(point => point.Coverage));
        Assert.Equal([0, 2.0 / 7, 2.0 / 7, 3.0 / 7, 3.0 / 7, 6.0 / 7, 1], curve.Points.Select(point => point.HitRate!.Value));
        Assert.Equal([1, 0.75, 0.75, 0.5, 0.5, 0.25, 0], curve.Points.Select(point => point.FalseNegativeRate!.Value));
        Assert.Equal([0, 0, 0.5, 1, 1.5, 1.5, 2.5], curve.Points.Select(point => point.FalseAlarms));
        Assert.Equal(10 * 2 + 2, curve.Selected.Cost(10));
    }

    [Theory]
    [InlineData("coverage=0.03")]
    [InlineData("miss=0.3")]
    [InlineData("cost=7")]
    public void Rule_on_many_maps_agrees_with_a_search_through_all_thresholds(string text)
    {
        // Two classes, a margin of one cell, many equal risks.
        const int Rows = 8, Columns = 9, Periods = 12, Cells = Rows * Columns;
        float[] risk = [.. Sample.Steps(Periods * 2 * Cells, 3, 300).Select(value => value / 31f)], actual = Sample.Counts(risk.Length, 4);
        ThresholdRule rule = ThresholdRule.Parse(text);

        ThresholdSelection selection = ThresholdSelection.Over(["a", "b"], Rows, Columns, risk, actual, rule, BorderPolicy.Ignore(1));

        for (int c = 0; c < 2; c++)
        {
            int[] inner = [.. Enumerable.Range(0, risk.Length).Where(i => i / Cells % 2 == c
                && i % Cells / Columns is > 0 and < Rows - 1 && i % Columns is > 0 and < Columns - 1)];
            var byThreshold = inner.Select(i => risk[i]).Append(0).Distinct().OrderDescending().Select(threshold => (
                Threshold: threshold, Hot: inner.Count(i => risk[i] > threshold),
                Missed: inner.Count(i => actual[i] > 0 && !(risk[i] > threshold)),
                False: inner.Count(i => actual[i] == 0 && risk[i] > threshold))).ToArray();
            int events = inner.Count(i => actual[i] > 0);
            var expected = rule.Criterion switch
            {
                ThresholdCriterion.Coverage => byThreshold.Last(point => point.Hot <= 0.03 * inner.Length),
                ThresholdCriterion.Miss => byThreshold.First(point => point.Missed <= 0.3 * events),
                _ => byThreshold.OrderBy(point => 7 * point.Missed + point.False).First(),
            };

            ThresholdPoint selected = selection.Curves[c].Selected;
            Assert.Equal((expected.Threshold, expected.Hot, events - expected.Missed),
                (selected.Threshold, selected.HotCellPeriods, selected.FoundCellPeriods));
            Assert.Equal(inner.Where(i => risk[i] > selected.Threshold).Sum(i => actual[i]), selected.EventsHit);
        }
    }

    [Fact]
    public void Curve_of_many_thresholds_is_thin_and_keeps_the_ends_and_the_selected()
    {
        float[] risk = Sample.Numbers(40 * 2500, 5), actual = Sample.Counts(risk.Length, 6);

        ThresholdCurve curve = ThresholdSelection.Over(["any"], 50, 50, risk, actual, ThresholdRule.Coverage(0.0371)).Curves[0];

        Assert.InRange(curve.Points.Count, 80, ThresholdCurve.MaximumPoints);
        Assert.Equal((0, 3710, 1.0), (curve.Points[0].HotCellPeriods, curve.Selected.HotCellPeriods, curve.Points[^1].Coverage));
        Assert.True(curve.Points.Zip(curve.Points.Skip(1)).All(pair => pair.First.Threshold > pair.Second.Threshold));
        // From a hundredth on, no two neighbours are further apart than a tenth of their coverage.
        Assert.All(curve.Points.Zip(curve.Points.Skip(1)).Where(pair => pair.First.Coverage > 0.01),
            pair => Assert.InRange(pair.Second.Coverage / pair.First.Coverage, 1, 1.11));
    }

    [Fact]
    public void Class_without_incidents_has_a_threshold_by_coverage_and_by_cost_but_not_by_misses()
    {
        var nothing = new float[10];

        ThresholdPoint covered = ThresholdSelection.Over(["any"], 1, 5, s_risk, nothing, ThresholdRule.Coverage(0.4)).Curves[0].Selected;
        ThresholdPoint cheapest = ThresholdSelection.Over(["any"], 1, 5, s_risk, nothing, ThresholdRule.Cost(10)).Curves[0].Selected;
        var error = Assert.Throws<HotspotException>(() => ThresholdSelection.Over(["any"], 1, 5, s_risk, nothing, ThresholdRule.Miss(0.1)));

        Assert.Equal((0.5f, null, null), (covered.Threshold, covered.HitRate, covered.FalseNegativeRate));
        Assert.Equal((0.9f, 0), (cheapest.Threshold, cheapest.HotCellPeriods));
        Assert.Contains("class 'any'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Incidents_where_risk_is_zero_can_never_be_found() =>
        Assert.Contains("miss=0.1", Assert.Throws<HotspotException>(() =>
            ThresholdSelection.Over(["any"], 1, 2, [0.5f, 0], [1, 1], ThresholdRule.Miss(0.1))).Expected, StringComparison.Ordinal);

    [Fact]
    public void Forecast_uses_the_threshold_of_its_class()
    {
        ThresholdSelection selection = ThresholdSelection.Over(["any"], 1, 5, s_risk, s_actual, ThresholdRule.Coverage(0.4));
        var forecast = new HotspotForecast(Sample.Grid(1, 5), ["any"], Sample.Day, Sample.Day.AddDays(1),
            (float[])[0.1f, 0.5f, 0.6f, 0.51f, 0.2f],
            selection: selection);

        HotspotSelection hot = forecast.Hotspots();

        Assert.Equal([2, 3], hot.Cells.Select(cell => cell.Column));
        Assert.Equal((1, ThresholdSource.Validation, null), (hot.TiesAtThreshold, hot.Threshold.Source, hot.Threshold.Percentile));
        Assert.Contains("--threshold-rule", Assert.Throws<HotspotException>(() => Sample.Forecast(1, 5, [0, 0, 0, 0, 0]).Hotspots()).Remedy,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("coverage=0.05")]
    [InlineData("miss=0")]
    [InlineData("cost=10")]
    public void Rule_reads_what_it_writes(string text) => Assert.Equal(text, ThresholdRule.Parse(text).ToString());

    [Theory]
    [InlineData("0.05")]
    [InlineData("recall=0.05")]
    [InlineData("coverage=0")]
    [InlineData("coverage=1.1")]
    [InlineData("coverage=5%")]
    [InlineData("miss=1")]
    [InlineData("miss=-0.1")]
    [InlineData("cost=0")]
    [InlineData("cost=Infinity")]
    [InlineData("cost=NaN")]
    public void Rule_that_means_nothing_is_refused(string text) =>
        Assert.Contains("miss=SHARE", Assert.Throws<HotspotException>(() => ThresholdRule.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Maps_of_other_lengths_are_refused()
    {
        Assert.Throws<ArgumentException>(() => ThresholdSelection.Over(["any"], 1, 5, [], []));
        Assert.Throws<ArgumentException>(() => ThresholdSelection.Over(["any"], 1, 5, s_risk.AsSpan(1), s_actual.AsSpan(1)));
        Assert.Throws<ArgumentException>(() => ThresholdSelection.Over(["any"], 1, 5, s_risk, s_actual.AsSpan(5)));
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(-0.5f, "-0.5")]
    [InlineData(1.5f, "1.5")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    public void Risk_that_is_no_probability_is_refused(float risk, string found)
    {
        var e = Assert.Throws<HotspotException>(() => ThresholdSelection.Over(["any"], 1, 3, [0.5f, risk, 0.25f], [0, 1, 0]));

        Assert.Equal("threshold of class 'any'", e.Subject);
        Assert.Contains(found, e.Found, StringComparison.Ordinal);
    }
}
