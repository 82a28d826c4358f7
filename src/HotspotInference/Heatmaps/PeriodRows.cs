using System.Globalization;
using HotspotInference.Grids;
using HotspotInference.Heatmaps;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace HotspotInference.Pipelines;

/// <summary>Rows read back as heat maps, which must come in order of time without holes.</summary>
sealed class PeriodRows
{
    readonly string _step;
    readonly HeatmapSpec _spec;
    readonly ValueGetter<DateTime> _start;
    readonly ValueGetter<VBuffer<float>> _map;
    readonly ValueGetter<bool> _isSynthetic;
    readonly float[] _values;
    VBuffer<float> _buffer;

    public PeriodRows(string step, DataViewRow row, HeatmapSpec spec)
    {
        _step = step;
        _spec = spec;
        _values = new float[spec.MapLength];
        _start = row.GetGetter<DateTime>(row.Schema[PeriodColumns.PeriodStart]);
        _map = row.GetGetter<VBuffer<float>>(row.Schema[PeriodColumns.Heatmap]);
        _isSynthetic = row.GetGetter<bool>(row.Schema[PeriodColumns.IsSynthetic]);
    }

    public static InputColumn[] Inputs =>
    [
        new(PeriodColumns.PeriodStart, DateTimeDataViewType.Instance),
        new(PeriodColumns.Heatmap, NumberDataViewType.Single, InputKind.Vector, HeatmapAnnotations.Required),
        new(PeriodColumns.IsSynthetic, BooleanDataViewType.Instance),
    ];

    /// <summary>The number of the period read last; -1 before the first.</summary>
    public long Period { get; private set; } = -1;

    /// <summary>Whether the period read last has no data.</summary>
    public bool IsMissing { get; private set; }

    /// <summary>The map read last, <c>[class, row, column]</c>; overwritten by the next.</summary>
    public ReadOnlySpan<float> Map => _values;

    /// <summary>Stands in where the shape of a column is asked for: what it says of the maps is not looked at.</summary>
    public static HeatmapSpec AnySpec { get; } = new() { Grid = new GridSpec(new GeoBounds(0, 0, 1, 1), 1, 1) };

    /// <summary>The columns of rows that are periods.</summary>
    public static DataViewSchema.DetachedColumn[] Columns(HeatmapSpec spec) =>
    [
        new(PeriodColumns.PeriodStart, DateTimeDataViewType.Instance),
        Heatmap(spec, isFilled: false),
        new(PeriodColumns.IsSynthetic, BooleanDataViewType.Instance),
    ];

    public static DataViewSchema.DetachedColumn Heatmap(HeatmapSpec spec, bool isFilled) => new(PeriodColumns.Heatmap,
        new VectorDataViewType(NumberDataViewType.Single, spec.Kinds.Classes.Count, spec.Grid.Rows, spec.Grid.Columns),
        HeatmapAnnotations.Of(spec, isFilled));

    /// <summary>Reads the row as it is now.</summary>
    /// <exception cref="HotspotException">It is not the period after the one before.</exception>
    public void Read()
    {
        DateTime start = default;
        bool isMissing = false;
        _start(ref start);
        _isSynthetic(ref isMissing);
        _map(ref _buffer);
        long period = _spec.Cadence.IndexOf(start);
        if (Period >= 0 && period != Period + 1)
            throw new HotspotException($"{_step}, column '{PeriodColumns.PeriodStart}'",
                string.Create(CultureInfo.InvariantCulture, $"{start:yyyy-MM-dd HH:mm}"),
                string.Create(CultureInfo.InvariantCulture,
                    $"{_spec.Cadence.StartOf(Period + 1):yyyy-MM-dd HH:mm}, the period after the one before"),
                "Give the rows in order of time and without holes: shuffle and filter behind this step.");
        if (_buffer.Length != _values.Length)
            throw new HotspotException($"{_step}, column '{PeriodColumns.Heatmap}'", $"{_buffer.Length} values",
                $"{_values.Length}: classes x rows x columns", "Give the maps as BuildHeatmaps makes them.");
        (Period, IsMissing) = (period, isMissing);
        _buffer.CopyTo(_values);
    }

    /// <summary>The map read last as a series of its own.</summary>
    public HeatmapSeries ToSeries(bool isFilled)
    {
        var builder = new HeatmapSeriesBuilder(_spec, Period);
        builder.Add(_values, IsMissing);
        return builder.Build(isFilled);
    }
}
