using System.Diagnostics;
using System.Globalization;
using HotspotInference.Baselines;
using HotspotInference.Evaluation;
using HotspotInference.Grids;
using HotspotInference.Heatmaps;
using HotspotInference.Periods;
using HotspotInference.Prediction;

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
        var forecasters = new List<IRiskForecaster>();
        foreach (IForecasterFitter fitter in StandardBaselines.All)
        {
            var watch = Stopwatch.StartNew();
            forecasters.Add(fitter.Fit(series, training, TestContext.Current.CancellationToken));
            TestContext.Current.TestOutputHelper!.WriteLine($"{fitter.Name,-22} {watch.Elapsed.TotalSeconds:F2} s  {Describe(forecasters[^1])}");
        }
        foreach (IRiskForecaster forecaster in forecasters)
        {
            var scorer = new ForecastScorer(s_spec.Grid, ["any"], ScoringOptions.Default with { BootstrapDraws = 0 });
            new ForecastReplay(series, [forecaster], scored).Run(period =>
            {
                if (period.IsScored)
                    scorer.Add(period.Risk(0), period.Actual);
            });
            ClassScore any = scorer.Score(forecaster.Name).Classes["any"];
            TestContext.Current.TestOutputHelper!.WriteLine(
                $"{forecaster.Name,-22} {string.Join(" ", any.HitRate.Values.Select(hit => hit!.Value.Value.ToString("F3", CultureInfo.InvariantCulture)))}  AP {any.AveragePrecision!.Value.Value:F4} Brier {any.Brier.Value:F6} LL {any.LogLoss.Value:F5} ECE {any.Ece.Value:F5}");
        }
    }

    static string Describe(IRiskForecaster forecaster) => forecaster switch
    {
        FittedRateForecaster fitted => fitted.Rates[0] + " " + string.Join(" ", fitted.Rates[0].WeekdayFactors.Select(f => f.ToString("F3", CultureInfo.InvariantCulture))),
        SelfExcitingForecaster fitted => fitted.Parameters[0].ToString(),
        ProspectiveForecaster fitted => $"{fitted.Scales[0]} {fitted.Floors[0]}",
        RegressionForecaster fitted => fitted.Coefficients[0].Intercept + ": " + string.Join(" ", fitted.Coefficients[0].History.Concat(fitted.Coefficients[0].Calendar).Select(f => f.ToString("F3", CultureInfo.InvariantCulture))),
        _ => "",
    };

    static HeatmapSeries Series()
    {
        var builder = new HeatmapBuilder(s_spec, PeriodRange.Days(Cadence.Day, new DateOnly(2009, 1, 1), new DateOnly(2016, 12, 28)));
        foreach (string line in RealData.Lines("dc-gunfire-2006-2016.csv.gz").Skip(1))
        {
            string[] fields = line.Split(',');
            builder.Add(new Incident(DateTime.Parse(fields[0], CultureInfo.InvariantCulture), double.Parse(fields[1], CultureInfo.InvariantCulture),
                double.Parse(fields[2], CultureInfo.InvariantCulture), fields[3]));
        }
        return builder.Build();
    }
}
