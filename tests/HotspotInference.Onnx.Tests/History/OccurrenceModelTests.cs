using HotspotInference.Features;
using HotspotInference.Heatmaps;
using HotspotInference.Incidents;
using HotspotInference.Onnx.History;
using HotspotInference.Periods;
using HotspotInference.Prediction;
using HotspotInference.Simulation;

namespace HotspotInference.Onnx.Tests.History;

/// <summary>History models fitted to whether there is any incident.</summary>
public sealed class OccurrenceModelTests
{
    const int Days = 420, WarmUp = 100;

    static readonly SimulatedCity s_city = new(new SimulatedCityOptions
    {
        Seed = 6,
        Days = Days,
        EventsPerDay = 12,
        Kinds = [new("theft", 0.7), new("assault", 0.3)],
    });
    static readonly HeatmapSpec s_spec = new() { Grid = new GridSpec(s_city.Options.Bounds, 12, 10),
        Kinds = KindEncoding.Of("theft", "assault") };
    // Every incident three times: as shots or thefts of one evening are.
    static readonly HeatmapSeries s_series = Series(s_city.Incidents.SelectMany(incident => Enumerable.Repeat(incident, 3)));
    static readonly PeriodRange s_training = s_series.Periods with { First = s_series.Periods.First + WarmUp, Count = Days - WarmUp };
    static readonly FeatureSpec s_features = HistoryModel.DefaultFeatures(s_spec, s_training, HistoryLikelihood.Occurrence);
    static readonly Lazy<HistoryModelFit> s_fit = new(() =>
        HistoryModelFitter.Fit(s_series, s_features, s_training, HistoryLikelihood.Occurrence));

    [Fact]
    public void Risk_and_expected_incidents_of_the_days_learnt_are_what_happened()
    {
        (double[] risk, double[] intensity) = Means(AsLearnt(s_fit.Value));

        for (int k = 0; k < s_spec.Kinds.Classes.Count; k++)
        {
            double happened = Mean(k, entry => 1), incidents = Mean(k, entry => entry.Count);
            Assert.InRange(risk[k] * s_spec.Grid.CellCount / happened, 0.99, 1.01);
            Assert.InRange(intensity[k] * s_spec.Grid.CellCount / incidents, 0.999, 1.001);
            // Without the ratio they would be a third.
            Assert.InRange(s_fit.Value.Parameters.CountRatio![k], 2.9, 3.6);
        }
    }

    [Fact]
    public void Level_is_that_of_a_city_that_stays_at_its_mean()
    {
        HistoryModelParameters parameters = s_fit.Value.Parameters;
        double[] learnt = Means(AsLearnt(s_fit.Value)).Intensity;
        string[] classes = [.. s_spec.Kinds.Classes];
        for (int k = 0; k < classes.Length; k++)
        {
            // The rates of all cells together are what happens in a mean day, however they are smoothed or discounted.
            double mixture = parameters.Floor[k] * s_spec.Grid.CellCount + s_features.History!.Features.Index()
                .Sum(feature => parameters.Weights[k][feature.Index]
                * Mean(Array.IndexOf(classes, feature.Item.Channel), entry => feature.Item.BinaryThreshold is null ? entry.Count : 1));
            double total = Math.Log(Mean(classes.Length - 1, entry => entry.Count) + 0.1), expected = 0;
            for (int day = WarmUp; day < Days; day++)
            {
                DayOfWeek weekday = s_city.Options.Start.AddDays(day).DayOfWeek;
                double logFactor = parameters.Bias[k] + s_features.Calendar!.Features.Select((name, j) => parameters.Beta[k][j]
                    * (name.StartsWith("total", StringComparison.Ordinal) ? total
                        : name.Equals($"{weekday}", StringComparison.OrdinalIgnoreCase) ? 1 : 0)).Sum();
                expected += mixture * Math.Exp(logFactor) / (Days - WarmUp);
            }
            double intensity = learnt[k] * s_spec.Grid.CellCount / parameters.CountRatio![k];
            Assert.InRange(expected / intensity, 0.998, 1.002);
        }
    }

    [Fact]
    public void Growth_of_the_days_learnt_is_not_taken_to_go_on()
    {
        DateTime start = s_city.Options.Start.ToDateTime(TimeOnly.MinValue);
        var random = new Random(2);
        // From a tenth of the incidents to all of them.
        HeatmapSeries grown = Series(s_city.Incidents.Where(incident => random.NextDouble() < 0.1
            + 0.9 * (incident.Time - start).TotalDays / Days));

        HistoryModelFit fit = HistoryModelFitter.Fit(grown, s_features, s_training, HistoryLikelihood.Occurrence);

        Assert.All(fit.LevelShifts, shift => Assert.InRange(shift, -1, -0.02));
        Assert.All(s_fit.Value.LevelShifts, shift => Assert.InRange(shift, -0.1, 0.1));
        Assert.All(HistoryModelFitter.Fit(grown, s_features, s_training).LevelShifts, shift => Assert.Equal(0, shift));
    }

    [Fact]
    public void Risk_of_a_model_of_counts_is_too_high_where_incidents_come_in_clusters()
    {
        HistoryModelFit counts = HistoryModelFitter.Fit(s_series, s_features, s_training);

        Assert.Null(counts.Parameters.CountRatio);
        Assert.True(Means(counts.Parameters).Risk[^1] > 1.5 * Means(AsLearnt(s_fit.Value)).Risk[^1]);
    }

    [Fact]
    public void Clusters_leave_the_weights_of_single_incidents_where_the_features_are_binary()
    {
        HistorySpec binary = new() { HalfLives = [5, 40], Smoothings = [0, 1.2], Channels = s_spec.Kinds.Classes, BinaryThreshold = 1 };
        var features = new FeatureSpec { History = binary, Calendar = new CalendarSpec { Features = ["saturday"] } };

        HistoryModelFit once = HistoryModelFitter.Fit(Series(s_city.Incidents), features, s_training, HistoryLikelihood.Occurrence);
        HistoryModelFit thrice = HistoryModelFitter.Fit(s_series, features, s_training, HistoryLikelihood.Occurrence);

        Assert.Equal(once.Parameters.Weights.SelectMany(row => row), thrice.Parameters.Weights.SelectMany(row => row));
        Assert.Equal(AsLearnt(once).Bias, AsLearnt(thrice).Bias, (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal(once.Parameters.CountRatio!.Select(ratio => 3 * ratio), thrice.Parameters.CountRatio!,
            (a, b) => Math.Abs(a - b) < 1e-9 * a);
    }

    [Fact]
    public void Default_features_are_more_for_occurrence_and_the_calendar_knows_how_long_is_learnt()
    {
        FeatureSpec counts = HistoryModel.DefaultFeatures(s_spec, s_training), occurrence = s_features;

        Assert.Equal(HistorySpec.Default(s_spec), counts.History);
        Assert.Equal(HistorySpec.Extended(s_spec), occurrence.History);
        // 320 days: four half-lives of 28 days, not of 90, and no whole pair of years.
        Assert.Equal(["total_1", "total_3", "total_7", "total_14", "total_28", "monday", "tuesday", "wednesday", "thursday", "friday",
            "saturday", "sunday"],
            occurrence.Calendar!.Features);
        Assert.Equal(occurrence.Calendar, counts.Calendar);
    }

    // At the level of the days learnt.
    static HistoryModelParameters AsLearnt(HistoryModelFit fit) =>
        fit.Parameters with { Bias = [.. fit.Parameters.Bias.Zip(fit.LevelShifts, (bias, shift) => bias - shift)] };

    // Of the whole city in a day that is learnt.
    static double Mean(int classIndex, Func<HeatmapEntry, double> value)
    {
        double sum = 0;
        for (int day = WarmUp; day < Days; day++)
        {
            foreach (HeatmapEntry entry in s_series.Entries(day))
                sum += entry.Index / s_spec.Grid.CellCount == classIndex ? value(entry) : 0;
        }
        return sum / (Days - WarmUp);
    }

    // Of a cell in a day that is learnt, a class each.
    static (double[] Risk, double[] Intensity) Means(HistoryModelParameters parameters)
    {
        int classes = s_spec.Kinds.Classes.Count, cells = s_spec.Grid.CellCount;
        var metadata = new ModelMetadata
        {
            Architecture = HistoryModelGraph.Architecture,
            Name = "simulated",
            Heatmaps = s_spec,
            Features = s_features,
            Classes = s_spec.Kinds.Classes,
        };
        using var predictor = HotspotPredictor.Load(HistoryModelGraph.Build(parameters, metadata).ToArray());
        var city = new CityState(s_spec, s_features, s_series.Periods.First);
        double[] risks = new double[classes], intensities = new double[classes];
        float[] risk = new float[classes * cells], intensity = new float[risk.Length];
        float[] history = new float[s_features.History!.FeatureCount * cells], calendar = new float[s_features.Calendar!.Features.Count];
        for (int day = 0; day < Days; day++)
        {
            if (day >= WarmUp)
            {
                city.CopyHistory(1, history);
                city.CopyCalendar(1, calendar);
                predictor.Predict(new HotspotInput { Rows = s_spec.Grid.Rows, Columns = s_spec.Grid.Columns, History = history,
                    Calendar = calendar },
                    new HotspotOutput { Risk = risk, Intensity = intensity });
                for (int i = 0; i < risk.Length; i++)
                {
                    risks[i / cells] += risk[i] / (double)(cells * (Days - WarmUp));
                    intensities[i / cells] += intensity[i] / (double)(cells * (Days - WarmUp));
                }
            }
            city.Append(s_series, day);
        }
        return (risks, intensities);
    }

    static HeatmapSeries Series(IEnumerable<Incident> incidents)
    {
        var builder = new HeatmapBuilder(s_spec,
            PeriodRange.Days(Cadence.Day, s_city.Options.Start, s_city.Options.Start.AddDays(Days - 1)));
        builder.AddRange(incidents);
        return builder.Build();
    }
}
