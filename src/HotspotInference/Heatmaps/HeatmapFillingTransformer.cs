using System.Runtime.InteropServices;
using HotspotInference.Heatmaps;
using HotspotInference.Pipelines.Saving;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace HotspotInference.Pipelines;

/// <summary>
/// Replaces <see cref="PeriodColumns.Heatmap"/> where <see cref="PeriodColumns.IsSynthetic"/> says that there are no data, as
/// <see cref="HeatmapSpec.Filling"/> says. Row after row, except for <see cref="FillMethod.Linear"/>, which looks ahead: there a cursor
/// reads all rows before its first one, and what is learnt from its maps is leaky.
/// </summary>
public sealed class HeatmapFillingTransformer : HotspotTransformer
{
    internal HeatmapFillingTransformer(StepContract contract, HeatmapSpec heatmaps) : base(contract) => Heatmaps = heatmaps;

    /// <summary>How the maps were made, and how missing ones are made up.</summary>
    public HeatmapSpec Heatmaps { get; }

    private protected override DataViewSchema.DetachedColumn[] Outputs(DataViewSchema input)
    {
        HeatmapAnnotations.CheckSame(Contract.Step, Heatmaps, input);
        return [PeriodRows.Heatmap(Heatmaps, isFilled: true)];
    }

    private protected override IDataView View(IDataView input, DataViewSchema schema) => new StepView(schema, input.GetRowCount, active =>
    {
        bool fills = active[^1];
        IMapFiller? filler = !fills || HeatmapAnnotations.IsFilled(input.Schema) ? null
            : Heatmaps.Filling == FillMethod.Linear ? Lookahead(input)
            : new Causal(Heatmaps);
        DataViewRowCursor rows = input.GetRowCursor(Contract.Needed(input.Schema, active, fills));
        var maps = fills ? new PeriodRows(Contract.Step, rows, Heatmaps) : null;
        Delegate getter = (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
        {
            var editor = VBufferEditor.Create(ref value, Heatmaps.MapLength);
            if (filler is not null && maps!.IsMissing)
                filler.CopyTo(maps.Period, editor.Values);
            else
                maps!.Map.CopyTo(editor.Values);
            value = editor.Commit();
        });
        return new Cursor(rows, schema, active, maps, filler, getter);
    });

    internal override StepDocument Save() => new FillMissingHeatmapsDocument(HeatmapJson.Write(Heatmaps));

    Whole Lookahead(IDataView input)
    {
        using DataViewRowCursor cursor = input.GetRowCursor(Contract.Inputs.Select(column => input.Schema[column.Name]));
        var maps = new PeriodRows(Contract.Step, cursor, Heatmaps);
        HeatmapSeriesBuilder? builder = null;
        while (cursor.MoveNext())
        {
            maps.Read();
            builder ??= new HeatmapSeriesBuilder(Heatmaps, maps.Period);
            builder.Add(maps.Map, maps.IsMissing);
        }
        return new Whole(builder?.Build().Fill());
    }

    interface IMapFiller
    {
        void Observe(PeriodRows real);

        void CopyTo(long period, Span<float> map);
    }

    // What is known so far.
    sealed class Causal(HeatmapSpec spec) : IMapFiller
    {
        readonly HeatmapFiller _filler = HeatmapFiller.Create(spec);
        readonly List<HeatmapEntry> _entries = [];

        public void Observe(PeriodRows real) => _filler.Observe(real.Period, real.ToSeries(isFilled: false).Entries(0));

        public void CopyTo(long period, Span<float> map)
        {
            _filler.Fill(period, _entries);
            map.Clear();
            foreach (HeatmapEntry entry in CollectionsMarshal.AsSpan(_entries))
                map[entry.Index] = entry.Count;
        }
    }

    // What all rows together say.
    sealed class Whole(HeatmapSeries? series) : IMapFiller
    {
        public void Observe(PeriodRows real) { }

        public void CopyTo(long period, Span<float> map) => series!.CopyTo(series.PositionOf(period), map);
    }

    sealed class Cursor(DataViewRowCursor input, DataViewSchema schema, bool[] active, PeriodRows? maps,
        IMapFiller? filler, Delegate getter)
        : MappedCursor(input, schema, active, [getter])
    {
        protected override bool Advance()
        {
            if (!Input.MoveNext())
                return false;
            maps?.Read();
            if (maps is { IsMissing: false })
                filler?.Observe(maps);
            return true;
        }
    }
}
