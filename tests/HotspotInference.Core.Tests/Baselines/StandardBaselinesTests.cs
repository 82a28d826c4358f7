using HotspotInference.Baselines;
using HotspotInference.Features;
using HotspotInference.Heatmaps;
using HotspotInference.Incidents;
using HotspotInference.Periods;
using HotspotInference.Prediction;
using HotspotInference.Tests.Features;
using HotspotInference.Tests.Prediction;

namespace HotspotInference.Tests.Baselines;

/// <summary>What every baseline promises, whatever its method.</summary>
public class StandardBaselinesTests
{
    static readonly HeatmapSpec s_kinds = Cities.Spec with { Kinds = KindEncoding.Of("A", "B"),
        ExcludedDays = ExcludedDays.Parse("02-03..02-05") };

    public static TheoryData<string> Names => [.. StandardBaselines.All.Select(fitter => fitter.Name)];

    // The last period and the last 28 days have nothing fitted, and no floor either.
    public static TheoryData<string> CalibratedNames =>
        [.. StandardBaselines.All.Select(fitter => fitter.Name).Where(name => !name.StartsWith("last", StringComparison.Ordinal))];

    static IForecasterFitter Fitter(string name) => StandardBaselines.All.Single(fitter => fitter.Name == name);

    [Fact]
    public void Names_are_stable() => Assert.Equal(
        ["historical average", "last period", "last 28 days", "EWMA 90 days", "EWMA fitted", "EWMA x weekday", "KDE",
        "prospective", "self-exciting",
            "Poisson regression", "logistic regression"],
        StandardBaselines.All.Select(fitter => fitter.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void Fitted_baselines_keep_the_promises_of_a_forecaster(string name)
    {
        foreach (string cadence in (string[])["day", "12h", "week"])
        {
            HeatmapSpec spec = s_kinds with { Cadence = Cadence.Parse(cadence) };
            HeatmapSeries series = Series(spec, Cities.RandomIncidents(120), 119);
            IRiskForecaster forecaster = Fit(name, series, series.Periods);
            Assert.Equal(name, forecaster.Name);
            Assert.Equal(["A", "B", "any"], forecaster.Classes);
            RiskForecasterConformance.Check(forecaster);
            RiskForecasterConformance.Check(forecaster, horizon: 3);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_fit_sees_nothing_from_the_end_of_training_on(string name)
    {
        List<Incident> incidents = Cities.RandomIncidents(100);
        DateTime end = Cities.FirstDay.AddDays(70).ToDateTime(TimeOnly.MinValue);
        List<Incident> changed = [.. incidents.Select(incident => incident.Time >= end
            ? incident with { Latitude = 10.01, Longitude = 20.01 } : incident)];
        List<Incident> changedBefore = [.. incidents.Select(incident => incident.Time < end
            ? incident with { Latitude = 10.01, Longitude = 20.01 } : incident)];
        HeatmapSeries known = Series(s_kinds, incidents, 100);

        float[] risk = Risk(incidents);

        Assert.Equal(risk, Risk(changed));
        // What was fitted is what tells: the state is that of the same incidents each time.
        if (!name.StartsWith("last", StringComparison.Ordinal) && name is not ("historical average" or "EWMA 90 days"))
            Assert.NotEqual(risk, Risk(changedBefore));

        float[] Risk(List<Incident> incidents)
        {
            HeatmapSeries series = Series(s_kinds, incidents, 100);
            IRiskForecaster forecaster = Fit(name, series, series.Periods with { First = series.Periods.First + 20, Count = 50 });
            return Predict(forecaster, Cities.State(forecaster.Features, known));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_state_told_in_pieces_forecasts_as_one_told_at_once(string name)
    {
        List<Incident> incidents = Cities.RandomIncidents(100);
        HeatmapSeries series = Series(s_kinds, incidents, 100);
        IRiskForecaster forecaster = Fit(name, series, series.Periods);
        CityState pieces = new(s_kinds, forecaster.Features, Cities.FirstPeriod);
        DateOnly from = Cities.FirstDay;
        foreach (int days in (int[])[1, 40, 29, 30])
        {
            DateOnly until = from.AddDays(days);
            pieces.Append(incidents.Where(i => DateOnly.FromDateTime(i.Time) >= from && DateOnly.FromDateTime(i.Time) < until),
                until.AddDays(-1));
            from = until;
        }
        using var file = new MemoryStream();
        pieces.Save(file);
        file.Position = 0;

        float[] whole = Predict(forecaster, Cities.State(forecaster.Features, series));

        Assert.Equal(whole, Predict(forecaster, pieces));
        Assert.Equal(whole, Predict(forecaster, CityState.Load(file)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_short_history_and_a_rare_class_are_enough(string name)
    {
        // Sixty days, and ten incidents of class B.
        List<Incident> incidents = [.. Cities.RandomIncidents(60)
            .Select((incident, i) => incident with { Kinds = i % 24 == 0 ? "B" : "A" })];
        Assert.Equal(10, incidents.Count(incident => incident.Kinds[0] == "B"));
        HeatmapSeries series = Series(s_kinds with { MissingPeriods = MissingPeriods.DeclaredGaps,
            Gaps = new DeclaredGaps([(new(2016, 1, 10), new(2016, 1, 14))]) }, incidents, 60);

        IRiskForecaster forecaster = Fit(name, series, series.Periods);
        float[] risk = Predict(forecaster, Cities.State(forecaster.Features, series));

        Assert.All(risk, p => Assert.InRange(p, 0, 1));
        // The rare class is rarer than the other: as probabilities, not in order alone.
        Assert.True(risk[35..70].Sum() < risk[..35].Sum());
    }

    [Theory]
    [MemberData(nameof(CalibratedNames))]
    public void Fitted_probabilities_are_calibrated_where_they_were_fitted(string name)
    {
        HeatmapSeries series = Series(Cities.Spec, Cities.RandomIncidents(300), 300);
        IRiskForecaster forecaster = Fit(name, series, series.Periods);
        var city = new CityState(series.Spec, forecaster.Features, series.Periods.First);
        double expected = 0, counted = 0;
        for (int i = 0; i < 300; i++)
        {
            expected += i < 30 ? 0 : Predict(forecaster, city).Sum(p => -Math.Log(1 - p));
            counted += i < 30 ? 0 : series.Total(i, 0);
            city.Append(series, i);
        }
        // Logistic regression knows nothing of a second incident in a cell: here one cell-day in twenty has two.
        Assert.Equal(1, expected / counted, 0.06);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_cannot_be_fitted_is_refused_with_a_remedy(string name)
    {
        HeatmapSeries series = Series(s_kinds, Cities.RandomIncidents(60).Where(incident => incident.Kinds[0] == "A"), 60);
        Assert.Throws<ArgumentNullException>(() => Fitter(name).Fit(null!, series.Periods));
        if (name is "historical average" or "last period" or "last 28 days" or "EWMA 90 days")
            return;

        Assert.Contains("class 'B'", Assert.Throws<HotspotException>(() => Fit(name, series, series.Periods)).Message,
            StringComparison.Ordinal);
        Assert.Throws<HotspotException>(() => Fit(name, series, series.Periods with { Count = 61 }));
        Assert.Throws<HotspotException>(() => Fit(name, series, series.Periods with { Count = 1 }));
        Assert.Throws<ArgumentException>(() => Fit(name, series, new PeriodRange(Cadence.Week, series.Periods.First, 5)));
        Assert.Throws<OperationCanceledException>(() => Fitter(name).Fit(series, series.Periods, new CancellationToken(canceled: true)));
    }

    static IRiskForecaster Fit(string name, HeatmapSeries series, PeriodRange training) =>
        Fitter(name).Fit(series, training, TestContext.Current.CancellationToken);

    static float[] Predict(IRiskForecaster forecaster, CityState city)
    {
        var risk = new float[forecaster.Heatmaps.MapLength];
        forecaster.Predict(city, 1, risk);
        return risk;
    }

    static HeatmapSeries Series(HeatmapSpec spec, IEnumerable<Incident> incidents, int days)
    {
        // Whole periods only: a week begins on a Monday.
        DateOnly first = spec.Cadence.PeriodsPerDay > 0 ? Cities.FirstDay : new DateOnly(2016, 1, 4);
        var builder = new HeatmapBuilder(spec, PeriodRange.Days(spec.Cadence, first, Cities.FirstDay.AddDays(days - 1)));
        builder.AddRange(incidents);
        return builder.Build();
    }
}
