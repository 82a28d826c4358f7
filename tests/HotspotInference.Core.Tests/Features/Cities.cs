using HotspotInference.Features;
using HotspotInference.Grids;
using HotspotInference.Heatmaps;
using HotspotInference.Periods;

namespace HotspotInference.Tests.Features;

/// <summary>A small city for tests: 5 x 7 cells, a day a period.</summary>
static class Cities
{
    public static readonly DateOnly FirstDay = new(2016, 1, 1);

    public static HeatmapSpec Spec => new() { Grid = new GridSpec(new GeoBounds(10, 20, 10.5, 20.7), 5, 7) };

    public static long FirstPeriod => Cadence.Day.IndexOf(FirstDay.ToDateTime(TimeOnly.MinValue));

    /// <summary>Random incidents over a number of days, about four a day.</summary>
    public static List<Incident> RandomIncidents(int days, int seed = 1)
    {
        var random = new Random(seed);
        var incidents = new List<Incident>();
        for (int i = 0; i < days * 4; i++)
            incidents.Add(new Incident(
                FirstDay.ToDateTime(TimeOnly.MinValue).AddDays(random.NextDouble() * days),
                10 + 0.5 * random.NextDouble(), 20 + 0.7 * random.NextDouble() * random.NextDouble(), random.Next(2) == 0 ? "A" : "B"));
        return incidents;
    }

    public static HeatmapSeries Series(HeatmapSpec spec, IEnumerable<Incident> incidents, int days)
    {
        var builder = new HeatmapBuilder(spec, new PeriodRange(Cadence.Day, FirstPeriod, days));
        builder.AddRange(incidents);
        return builder.Build();
    }

    public static CityState State(FeatureSpec features, HeatmapSeries series)
    {
        var city = new CityState(series.Spec, features, series.Periods.First);
        for (int i = 0; i < series.Periods.Count; i++)
            city.Append(series, i);
        return city;
    }

    public static float[] History(CityState city, int horizon = 1)
    {
        var history = new float[city.Features.History!.FeatureCount * city.Heatmaps.Grid.CellCount];
        city.CopyHistory(horizon, history);
        return history;
    }

    public static float[] Maps(CityState city, int horizon = 1)
    {
        MapWindowSpec window = city.Features.Maps!;
        var maps = new float[window.Lags.Count * window.Channels.Count * city.Heatmaps.Grid.CellCount];
        city.CopyMaps(horizon, maps);
        return maps;
    }

    public static float[] Calendar(CityState city, int horizon = 1)
    {
        var calendar = new float[city.Features.Calendar!.Features.Count];
        city.CopyCalendar(horizon, calendar);
        return calendar;
    }
}
