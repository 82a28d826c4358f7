using System.Globalization;
using HotspotInference.Heatmaps;
using HotspotInference.Pipelines.Saving;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace HotspotInference.Pipelines;

/// <summary>
/// Makes one row a period of many incidents, in any order: <see cref="PeriodColumns.PeriodStart"/>, <see cref="PeriodColumns.Heatmap"/> and
/// <see cref="PeriodColumns.IsSynthetic"/>. A cursor reads all incidents before its first row and holds 8 bytes for each class that one
/// counts in.
/// </summary>
public sealed class HeatmapBuildingTransformer : HotspotTransformer
{
    readonly HeatmapRowOptions _options;
    volatile PlacementReport? _report;

    internal HeatmapBuildingTransformer(StepContract contract, HeatmapSpec heatmaps, HeatmapRowOptions options) : base(contract)
    {
        Heatmaps = heatmaps;
        _options = options;
    }

    /// <summary>How the maps are made, with the grid given or learnt.</summary>
    public HeatmapSpec Heatmaps { get; }

    /// <summary>
    /// What became of the incidents of the latest reading; null before. Those on days that <see cref="HeatmapRowOptions"/> leaves out count
    /// as outside the span.
    /// </summary>
    public PlacementReport? Report => _report;

    private protected override DataViewSchema.DetachedColumn[] Outputs(DataViewSchema input) =>
        PeriodRows.Columns(Heatmaps);

    private protected override IDataView View(IDataView input, DataViewSchema schema) => new StepView(schema, () => null, active =>
    {
        DataViewRowCursor incidents = IncidentRows.Open(input, _options.Columns);
        var maps = new Maps(this, incidents);
        return new RowSource(schema, active, maps.Getters, maps.Advance, incidents.Dispose);
    });

    internal override StepDocument Save() =>
        new BuildHeatmapsDocument(HeatmapJson.Write(Heatmaps), _options.Columns, _options.From, _options.Through, _options.PeriodsAhead);

    (HeatmapSeries Series, long First, long End) Build(DataViewRowCursor cursor)
    {
        var rows = new IncidentRows(cursor, _options.Columns);
        var builder = new HeatmapBuilder(Heatmaps);
        // Through cuts what is read, so that the maps after it are neither built nor known.
        DateTime end = _options.Through is { } last ? last.AddDays(1).ToDateTime(TimeOnly.MinValue) : DateTime.MaxValue;
        if (_options.Through is not null && Heatmaps.Cadence.StartOf(Heatmaps.Cadence.IndexOf(end)) != end)
            throw new HotspotException("BuildHeatmaps, Through",
                string.Create(CultureInfo.InvariantCulture, $"{_options.Through:yyyy-MM-dd}"),
                $"the last day of a {Heatmaps.Cadence}", "Give a day that ends a period.");
        long later = 0;
        while (cursor.MoveNext())
        {
            Incident incident = rows.Read();
            if (incident.Time < end)
                builder.Add(incident);
            else
                later++;
        }
        HeatmapSeries series = builder.Build();
        long from = _options.From is { } first ? Heatmaps.Cadence.IndexOf(first.ToDateTime(TimeOnly.MinValue)) : long.MinValue;
        long known = _options.Through is null ? series.Periods.End : Heatmaps.Cadence.IndexOf(end);
        from = Math.Max(series.Periods.First, from);
        long earlier = 0;
        for (int i = 0; i < series.Periods.Count && series.Periods.First + i < from; i++)
            earlier += (long)series.Total(i, Heatmaps.Kinds.Classes.Count - 1);
        PlacementReport report = builder.Report;
        _report = report with { Placed = report.Placed - earlier, OutsideSpan = report.OutsideSpan + earlier + later };
        return (series, from, known);
    }

    // The rows of one cursor: built when the first is asked for.
    sealed class Maps(HeatmapBuildingTransformer step, DataViewRowCursor incidents)
    {
        HeatmapSeries? _series;
        long _period, _known, _end;

        public Delegate[] Getters =>
        [
            (ValueGetter<DateTime>)((ref DateTime value) => value = step.Heatmaps.Cadence.StartOf(_period)),
            (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
            {
                var editor = VBufferEditor.Create(ref value, step.Heatmaps.MapLength);
                if (Position is { } position)
                    _series!.CopyTo(position, editor.Values);
                else
                    editor.Values.Clear();
                value = editor.Commit();
            }),
            (ValueGetter<bool>)((ref bool value) => value = _period >= _known
                || (Position is { } position ? _series!.IsMissing(position) : step.Heatmaps.IsMissing(_period, isEmpty: true))),
        ];

        // Null behind the last incident: an empty map.
        int? Position => _period < _series!.Periods.End ? _series.PositionOf(_period) : null;

        public bool Advance()
        {
            if (_series is not null)
                return ++_period < _end;
            (_series, _period, _known) = step.Build(incidents);
            _end = _known + step._options.PeriodsAhead;
            return _period < _end;
        }
    }
}
