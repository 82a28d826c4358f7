using HotspotInference.Features;
using HotspotInference.Heatmaps;
using HotspotInference.Pipelines.Saving;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace HotspotInference.Pipelines;

/// <summary>
/// Adds to the row of each period what a <see cref="CityState"/> knew of the city before it: <see cref="PeriodColumns.History"/>,
/// <see cref="PeriodColumns.Calendar"/>, or <see cref="PeriodColumns.Window"/> with <see cref="PeriodColumns.Target"/> and
/// <see cref="PeriodColumns.IsTarget"/>. Nothing of the row's own map, nor of the <see cref="Horizon"/> minus one before it, is in them.
/// With windows, the first rows, which have none that is whole, are left out: as many as the longest lag.
/// </summary>
public sealed class CityFeatureTransformer : HotspotTransformer
{
    readonly CityFeature _feature;
    // Rows before the first that has all it needs.
    readonly int _skipped;

    internal CityFeatureTransformer(StepContract contract, HeatmapSpec heatmaps, FeatureSpec features, int horizon) : base(contract)
    {
        (Heatmaps, Features, Horizon) = (heatmaps, features, horizon);
        _feature = FeatureOf(features);
        // Refuses features that do not fit the maps.
        _ = new CityState(heatmaps, features, firstPeriod: 0);
        if (features.Maps is not { } window)
            return;
        if (window.Lags.Min() < horizon)
            throw new HotspotException(StepOf(_feature), $"the lags [{string.Join(", ", window.Lags)}]",
                $"lags of at least the horizon of {horizon}",
                "A map less than the horizon before its target is not yet known when the forecast is made.");
        _skipped = window.Lags.Max();
    }

    /// <summary>How the maps were made.</summary>
    public HeatmapSpec Heatmaps { get; }

    /// <summary>What is added, given or learnt.</summary>
    public FeatureSpec Features { get; }

    /// <summary>How many periods ahead the row's period lies of what is known.</summary>
    public int Horizon { get; }

    internal static CityFeature FeatureOf(FeatureSpec features) =>
        features.Maps is not null ? CityFeature.Window : features.History is not null ? CityFeature.History : CityFeature.Calendar;

    internal static string StepOf(CityFeature feature) => feature switch
    {
        CityFeature.History => "AppendHistoryFeatures",
        CityFeature.Calendar => "AppendCalendarFeatures",
        _ => "WindowHeatmaps",
    };

    private protected override DataViewSchema.DetachedColumn[] Outputs(DataViewSchema input)
    {
        HeatmapAnnotations.CheckSame(Contract.Step, Heatmaps, input);
        int rows = Heatmaps.Grid.Rows, columns = Heatmaps.Grid.Columns;
        return _feature switch
        {
            CityFeature.History => [Vector(PeriodColumns.History, Features.History!.FeatureCount, rows, columns)],
            CityFeature.Calendar => [Vector(PeriodColumns.Calendar, Features.Calendar!.Features.Count)],
            _ =>
            [
                Vector(PeriodColumns.Window, Features.Maps!.Lags.Count, Features.Maps.Channels.Count, rows, columns),
                Vector(PeriodColumns.Target, Heatmaps.Kinds.Classes.Count, rows, columns),
                new(PeriodColumns.IsTarget, BooleanDataViewType.Instance),
            ],
        };
    }

    private protected override IDataView View(IDataView input, DataViewSchema schema) =>
        new StepView(schema, () => Rows(input.GetRowCount()), active =>
    {
        bool adds = active.AsSpan(input.Schema.Count).Contains(true);
        DataViewRowCursor rows = input.GetRowCursor(Contract.Needed(input.Schema, active, adds));
        return adds
            ? new Cursor(this, rows, schema, active, new Knowledge(this, rows, HeatmapAnnotations.IsFilled(input.Schema)))
            : new Cursor(this, rows, schema, active, null);
    });

    internal override StepDocument Save() => new CityFeaturesDocument(HeatmapJson.Write(Heatmaps), Features, Horizon);

    long? Rows(long? input) => input is { } count ? Math.Max(0, count - _skipped) : null;

    static DataViewSchema.DetachedColumn Vector(string name, params int[] dimensions) =>
        new(name, new VectorDataViewType(NumberDataViewType.Single, dimensions));

    // What is known when the row's period is forecast, and the maps that are not told of yet.
    sealed class Knowledge(CityFeatureTransformer step, DataViewRowCursor input, bool isFilled)
    {
        readonly PeriodRows _rows = new(step.Contract.Step, input, step.Heatmaps);
        readonly Queue<HeatmapSeries> _untold = new();
        CityState? _city;

        public Delegate[] Getters => step._feature switch
        {
            CityFeature.History => [Getter(step.Features.History?.FeatureCount * step.Heatmaps.Grid.CellCount,
                (city, ahead, values) => city.CopyHistory(ahead, values))],
            CityFeature.Calendar =>
                [Getter(step.Features.Calendar?.Features.Count, (city, ahead, values) => city.CopyCalendar(ahead, values))],
            _ =>
            [
                Getter(step.Features.Maps?.Lags.Count * step.Features.Maps?.Channels.Count * step.Heatmaps.Grid.CellCount,
                    (city, ahead, values) => city.CopyMaps(ahead, values)),
                Getter(step.Heatmaps.MapLength, (_, _, values) => _rows.Map.CopyTo(values)),
                (ValueGetter<bool>)((ref bool value) =>
                    value = !_rows.IsMissing && !step.Heatmaps.ExcludedDays.Contains(step.Heatmaps.Cadence, _rows.Period)),
            ],
        };

        public void Read()
        {
            if (_untold.Count == step.Horizon)
                _city!.Append(_untold.Dequeue(), 0);
            _rows.Read();
            _city ??= new CityState(step.Heatmaps, step.Features, _rows.Period);
            _untold.Enqueue(_rows.ToSeries(isFilled));
        }

        ValueGetter<VBuffer<float>> Getter(int? length, FeatureCopy copy) => (ref VBuffer<float> value) =>
        {
            var editor = VBufferEditor.Create(ref value, length!.Value);
            CityState city = _city ?? throw new InvalidOperationException("The cursor is not on a row; call MoveNext first.");
            copy(city, (int)(_rows.Period - city.NextPeriod) + 1, editor.Values);
            value = editor.Commit();
        };

        delegate void FeatureCopy(CityState city, int ahead, Span<float> values);
    }

    sealed class Cursor(CityFeatureTransformer step, DataViewRowCursor input, DataViewSchema schema, bool[] active, Knowledge? knowledge)
        : MappedCursor(input, schema, active, knowledge?.Getters ?? [])
    {
        int _left = step._skipped;

        protected override bool Advance()
        {
            while (Input.MoveNext())
            {
                knowledge?.Read();
                if (_left == 0)
                    return true;
                _left--;
            }
            return false;
        }
    }
}
