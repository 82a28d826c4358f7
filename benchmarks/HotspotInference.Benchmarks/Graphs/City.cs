using HotspotInference.Features;
using HotspotInference.Grids;
using HotspotInference.Incidents;

namespace HotspotInference.Benchmarks.Graphs;

/// <summary>A city whose days go on: each has a few dozen incidents at random places.</summary>
public sealed class City
{
    const int IncidentsADay = 40, Warmup = 60;

    readonly HotspotPredictor _predictor;
    readonly CityState _state;
    readonly Random _random = new(1);
    readonly List<Incident> _incidents = [];

    public City(HotspotPredictor predictor)
    {
        _predictor = predictor;
        _state = new CityState(predictor.Heatmaps, predictor.Features, predictor.Heatmaps.Cadence.IndexOf(new DateTime(2016, 1, 1)));
        for (int day = 0; day < Warmup; day++)
            Append();
    }

    /// <summary>Tells the state one more day.</summary>
    public void Append()
    {
        GeoBounds area = _predictor.Heatmaps.Grid.Bounds;
        DateTime start = _state.KnownUntil;
        _incidents.Clear();
        IReadOnlyList<KindGroup> groups = _predictor.Heatmaps.Kinds.Groups;
        for (int i = 0; i < IncidentsADay; i++)
            _incidents.Add(new Incident(start.AddMinutes(_random.Next(1440)), area.South + _random.NextDouble() * (area.North - area.South),
                area.West + _random.NextDouble() * (area.East - area.West),
                groups.Count > 0 ? groups[_random.Next(groups.Count)].Kinds[0] : null));
        _state.Append(_incidents, DateOnly.FromDateTime(start));
    }

    /// <summary>Tells the state one more day and forecasts the next.</summary>
    public HotspotForecast Next()
    {
        Append();
        return _predictor.Predict(_state);
    }
}
