using System.Globalization;
using HotspotInference.Baselines;
using HotspotInference.Evaluation;
using HotspotInference.Grids;
using HotspotInference.Heatmaps;
using HotspotInference.Periods;
using HotspotInference.Prediction;
using HotspotInference.Tests.Evaluation;

namespace HotspotInference.Tests.Baselines;

/// <summary>All baselines on Washington DC gunfire: fitted to 2009-2015, scored on 2016.</summary>
public class BaselineRealDataTests
{
    static readonly HeatmapSpec s_spec = new()
    {
        Grid = new GridSpec(new GeoBounds(38.8185, -77.0475, 38.9625, -76.9035), 36, 36),
        ExcludedDays = ExcludedDays.Parse("07-01..07-06,12-29..01-02"),
    };

    [Fact]
    [Trait("Category", "Slow")]
    public void Fitted_baselines_forecast_dc_2016()
    {
        HeatmapSeries series = Series();
        PeriodRange training = PeriodRange.Days(Cadence.Day, new DateOnly(2009, 1, 1), new DateOnly(2015, 12, 31));
        PeriodRange scored = PeriodRange.Days(Cadence.Day, new DateOnly(2016, 1, 1), new DateOnly(2016, 12, 28));
        IRiskForecaster[] forecasters = [.. StandardBaselines.All.Select(fitter =>
            fitter.Fit(series, training, TestContext.Current.CancellationToken))];
        ForecastScorer[] scorers = [.. forecasters.Select(_ =>
            new ForecastScorer(s_spec.Grid, ["any"], ScoringOptions.Default with { BootstrapDraws = 0 }))];
        new ForecastReplay(series, forecasters, scored).Run(period =>
        {
            for (int i = 0; period.IsScored && i < scorers.Length; i++)
                scorers[i].Add(period.Risk(i), period.Actual);
        });
        Dictionary<string, ClassScore> scores = forecasters.Zip(scorers)
            .ToDictionary(pair => pair.First.Name, pair => pair.Second.Scored().Classes["any"]);
        foreach ((string name, ClassScore score) in scores)
            TestContext.Current.TestOutputHelper!.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {name} | {string.Join(" ", score.HitRate.Values.Select(hit => hit!.Value.Value.ToString(".000", CultureInfo.InvariantCulture)))} | {Precision(name):.0000} | {score.Brier.Value:.000000} | {score.LogLoss.Value:.00000} |"));

        // The published figures.
        Assert.Equal((0.0744, 0.0822, 0.0146), (Rounded("historical average"), Rounded("EWMA 90 days"), Rounded("last period")));
        Assert.Equal([0.134, 0.237, 0.451, 0.669], scores["EWMA 90 days"].HitRate.Values.Select(hit => Math.Round(hit!.Value.Value, 3)));
        // A half-life near the published one costs little; knowing the day of the week, or more of the past, is worth something.
        Assert.Equal(Precision("EWMA 90 days"), Precision("EWMA fitted"), 0.001);
        foreach (string name in (string[])["EWMA x weekday", "Poisson regression", "logistic regression"])
            Assert.True(Precision(name) > Precision("EWMA fitted") + 0.001);
        Assert.True(Precision("self-exciting") > Precision("KDE"));
        // What is fitted is likelier than what is not.
        foreach (string name in (string[])["EWMA fitted", "EWMA x weekday", "self-exciting", "Poisson regression", "logistic regression"])
            Assert.True(scores[name].LogLoss.Value < scores["EWMA 90 days"].LogLoss.Value
                && scores[name].LogLoss.Value < scores["historical average"].LogLoss.Value);

        double Precision(string name) => scores[name].AveragePrecision!.Value.Value;

        double Rounded(string name) => Math.Round(Precision(name), 4);
    }

    static HeatmapSeries Series()
    {
        var builder = new HeatmapBuilder(s_spec, PeriodRange.Days(Cadence.Day, new DateOnly(2009, 1, 1), new DateOnly(2016, 12, 28)));
        foreach (string line in RealData.Lines("dc-gunfire-2006-2016.csv.gz").Skip(1))
        {
            string[] fields = line.Split(',');
            builder.Add(new Incident(DateTime.Parse(fields[0], CultureInfo.InvariantCulture),
                double.Parse(fields[1], CultureInfo.InvariantCulture),
                double.Parse(fields[2], CultureInfo.InvariantCulture), fields[3]));
        }
        return builder.Build();
    }
}
