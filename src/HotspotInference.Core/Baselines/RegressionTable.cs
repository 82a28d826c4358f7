using System.Runtime.InteropServices;
using HotspotInference.Features;
using HotspotInference.Heatmaps;
using HotspotInference.Periods;

namespace HotspotInference.Baselines;

/// <summary>
/// The cells and periods that one class's regression learns from: all with incidents, and of the others all or a weighted sample.
/// </summary>
sealed class RegressionTable
{
    // Up to so many, all cells and periods are used.
    const double MostRows = 200_000;
    // Sampled rows: those drawn everywhere alike, and those drawn by the expected count.
    const double RowsAnywhere = 60_000;
    const double RowsByRate = 200_000;
    // Chance to be drawn for each incident expected: at least five rows without incidents stand for one with.
    const double MostPerIncident = 5;

    readonly FeatureSpec _features;
    readonly double _offset;
    readonly int _cells;
    readonly double _anywhere = 1;
    readonly double _perIncident;
    readonly List<float> _rows = [];
    readonly List<float> _counts = [];
    readonly List<float> _weights = [];

    public RegressionTable(TrainingEvents events, FeatureSpec features, double offset)
    {
        _features = features;
        _offset = offset;
        _cells = events.Spec.Grid.CellCount;
        Width = features.History!.FeatureCount + (features.Calendar?.Features.Count ?? 0);
        if (events.CellPeriods > MostRows)
        {
            _anywhere = Math.Min(1, RowsAnywhere / events.CellPeriods);
            _perIncident = Math.Min(MostPerIncident, RowsByRate / events.TargetTotal);
        }
    }

    /// <summary>Features of a row.</summary>
    public int Width { get; }

    /// <summary>The features, <c>[row, feature]</c>.</summary>
    public ReadOnlySpan<float> Rows => CollectionsMarshal.AsSpan(_rows);

    /// <summary>Incidents of each row.</summary>
    public ReadOnlySpan<float> Counts => CollectionsMarshal.AsSpan(_counts);

    /// <summary>For how many rows each stands, at least 1.</summary>
    public ReadOnlySpan<float> Weights => CollectionsMarshal.AsSpan(_weights);

    /// <summary>Fills the table.</summary>
    public void Collect(HeatmapSeries series, PeriodRange training, int classIndex, int seed, CancellationToken cancellationToken)
    {
        var random = new Random(seed);
        int histories = _features.History!.FeatureCount;
        // The longest half-life, with the surroundings: an expected count that is never quite 0 near incidents.
        int longest = histories - 2;
        var rates = new float[histories * _cells];
        var calendar = new float[Width - histories];
        var counts = new float[series.Spec.MapLength];
        TrainingReplay.Run(series, training, _features, (city, position) =>
        {
            city.CopyHistory(1, rates);
            if (calendar.Length > 0)
                city.CopyCalendar(1, calendar);
            series.CopyTo(position, counts);
            for (int cell = 0; cell < _cells; cell++)
            {
                float count = counts[classIndex * _cells + cell];
                double chance = count > 0 ? 1 : Math.Clamp(_perIncident * rates[longest * _cells + cell], _anywhere, 1);
                if (chance < 1 && random.NextDouble() >= chance)
                    continue;
                _counts.Add(count);
                _weights.Add((float)(1 / chance));
                for (int f = 0; f < histories; f++)
                    _rows.Add((float)Math.Log(rates[f * _cells + cell] + _offset));
                foreach (float value in calendar)
                    _rows.Add(value);
            }
        }, cancellationToken);
    }
}
