using HotspotInference.Features;
using HotspotInference.Grids;
using HotspotInference.Heatmaps;
using HotspotInference.Incidents;

namespace HotspotInference.Benchmarks.Graphs;

/// <summary>A city whose days go on: each has a few dozen incidents at random places.</summary>
public sealed class City
{
    const int Warmup = 60;

    readonly int _incidentsADay;
    readonly CityState _state;
    readonly Random _random = new(1);
    readonly List<Incident> _incidents = [];

    public City(HotspotPredictor predictor)
        : this(predictor.Heatmaps, predictor.Features, incidentsADay: 40)
    {
    }

    public City(HeatmapSpec heatmaps, FeatureSpec features, int incidentsADay)
    {
        _incidentsADay = incidentsADay;
        _state = new CityState(heatmaps, features, heatmaps.Cadence.IndexOf(new DateTime(2016, 1, 1)));
        for (int day = 0; day < Warmup; day++)
            Append();
    }

    /// <summary>Tells the state one more day.</summary>
    public void Append()
    {
        GeoBounds area = _state.Heatmaps.Grid.Bounds;
        DateTime start = _state.KnownUntil;
        _incidents.Clear();
        IReadOnlyList<KindGroup> groups = _state.Heatmaps.Kinds.Groups;
        for (int i = 0; i < _incidentsADay; i++)
            _incidents.Add(new Incident(start.AddMinutes(_random.Next(1440)), area.South + _random.NextDouble() * (area.North - area.South),
                area.West + _random.NextDouble() * (area.East - area.West),
                groups.Count > 0 ? groups[_random.Next(groups.Count)].Kinds[0] : null));
        _state.Append(_incidents, DateOnly.FromDateTime(start));
    }

    /// <summary>Tells the state one more day and forecasts the next.</summary>
    public HotspotForecast Next(HotspotPredictor predictor)
    {
        Append();
        return predictor.Predict(_state);
    }
}
