using HotspotInference.Baselines;
using HotspotInference.Features;
using HotspotInference.Grids;
using HotspotInference.Heatmaps;
using HotspotInference.Periods;
using HotspotInference.Tests.Features;

namespace HotspotInference.Tests.Baselines;

public class RegressionSampleTests
{
    [Fact]
    public void A_sample_of_the_empty_cells_expects_as_many_as_there_were()
    {
        // 40 x 40 cells and 200 days are more than are used whole.
        var spec = new HeatmapSpec { Grid = new GridSpec(new GeoBounds(10, 20, 10.5, 20.7), 40, 40) };
        HeatmapSeries series = Cities.Series(spec, Cities.RandomIncidents(200), 200);
        double[] totals = [.. new[] { 1, 2 }.Select(Expected)];

        double counted = Enumerable.Range(50, 150).Sum(day => series.Total(day, 0));
        Assert.NotEqual(totals[0], totals[1]);
        Assert.All(totals, total => Assert.Equal(1, total / counted, 0.03));

        double Expected(int seed)
        {
            PeriodRange training = series.Periods with { First = series.Periods.First + 50, Count = 150 };
            var forecaster = (RegressionForecaster)new RegressionFitter(RegressionLink.Log, seed)
                .Fit(series, training, TestContext.Current.CancellationToken);
            var city = new CityState(spec, forecaster.Features, series.Periods.First);
            var intensity = new float[1600];
            double sum = 0;
            for (int day = 0; day < 200; day++)
            {
                if (day >= 50)
                {
                    forecaster.PredictIntensity(city, 1, intensity);
                    sum += intensity.Sum(value => (double)value);
                }
                city.Append(series, day);
            }
            return sum;
        }
    }
}
