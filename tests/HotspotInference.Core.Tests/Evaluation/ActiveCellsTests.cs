using HotspotInference.Baselines;
using HotspotInference.Evaluation;
using HotspotInference.Features;
using HotspotInference.Heatmaps;
using HotspotInference.Prediction;
using HotspotInference.Tests.Features;

namespace HotspotInference.Tests.Evaluation;

public class ActiveCellsTests
{
    [Fact]
    public void Cells_with_an_incident_before_the_period_are_active_whatever_comes_later()
    {
        List<Incident> incidents = Cities.RandomIncidents(30);
        DateTime cut = Cities.FirstDay.AddDays(10).ToDateTime(TimeOnly.MinValue);
        bool[] Active(IEnumerable<Incident> some) => ActiveCells.Before(Cities.Series(Cities.Spec, some, 30), Cities.FirstPeriod + 10);
        var expected = new bool[35];
        foreach (Incident incident in incidents.Where(incident => incident.Time < cut))
            expected[Cities.Spec.Grid.CellOf(incident.Latitude, incident.Longitude)] = true;

        Assert.Contains(false, expected);
        Assert.Equal(expected, Active(incidents));
        Assert.Equal(expected, Active(incidents.Where(incident => incident.Time < cut)));
        Assert.DoesNotContain(true, ActiveCells.Before(Cities.Series(Cities.Spec, incidents, 30), Cities.FirstPeriod));
    }

    [Fact]
    public void Evaluation_takes_the_active_cells_from_before_its_span()
    {
        HeatmapSeries series = Cities.Series(Cities.Spec, Cities.RandomIncidents(40), 40);
        EvaluationReport report = ForecastEvaluation.Run(series, RateForecaster.Ewma(series.Spec), [],
            series.Periods with { First = series.Periods.First + 10, Count = 30 },
            cancellationToken: TestContext.Current.CancellationToken);
        int active = ActiveCells.Before(series, series.Periods.First + 10).Count(isActive => isActive);
        Assert.Equal(30 * active, report.Model.Classes["any"].Reliability.ActiveCells.Sum(bin => bin.CellPeriods));
    }

    [Fact]
    public void Counts_that_a_forecaster_expects_are_what_its_counts_are_scored_by()
    {
        HeatmapSeries series = Cities.Series(Cities.Spec, Cities.RandomIncidents(30), 30);
        EvaluationReport report = ForecastEvaluation.Run(series, new Expecting(series.Spec), [RateForecaster.Ewma(series.Spec)],
            series.Periods with { First = series.Periods.First + 10, Count = 20 },
            cancellationToken: TestContext.Current.CancellationToken);
        double[] counts = [.. Enumerable.Range(10, 20).SelectMany(day =>
        {
            var map = new float[series.Spec.MapLength];
            series.CopyTo(day, map);
            return map.Select(count => (double)count);
        })];
        Assert.Equal(counts.Average(count => Math.Abs(count - 2)), report.Model.Classes["any"].Mae.Value, 1e-12);
    }

    /// <summary>Expects two incidents everywhere, at a risk that says otherwise.</summary>
    sealed class Expecting(HeatmapSpec spec) : IIntensityForecaster
    {
        public string Name => "expecting";

        public HeatmapSpec Heatmaps => spec;

        public FeatureSpec Features { get; } = new();

        public IReadOnlyList<string> Classes => spec.Kinds.Classes;

        public bool HasIntensity => true;

        public void Predict(CityState city, int horizon, Span<float> risk) =>
            throw new InvalidOperationException("The counts were not asked for.");

        public void Predict(CityState city, int horizon, Span<float> risk, Span<float> intensity)
        {
            risk.Fill(0.1f);
            intensity.Fill(2);
        }
    }
}
