using Microsoft.ML;
using Microsoft.ML.Data;

namespace HotspotInference.Pipelines;

/// <summary>
/// A cursor that reads some rows ahead and forecasts them in one run. The columns that it passes on are kept with their rows: the input has
/// moved on when they are asked for.
/// </summary>
sealed class BatchedCursor(DataViewRowCursor input, DataViewSchema schema, bool[] active, ColumnBuffer?[] passed, int capacity,
    ForecastInputs inputs, int riskLength, HotspotPredictor predictor) : DataViewRowCursor
{
    readonly ValueGetter<DataViewRowId> _idOf = input.GetIdGetter();
    readonly DataViewRowId[] _ids = new DataViewRowId[capacity];
    readonly float[] _risk = new float[checked(riskLength * capacity)];
    int _slot = -1, _count;
    long _position = -1;
    bool _isForecast, _ended;

    /// <summary>The getters of the added columns.</summary>
    public Delegate[] Added { get; set; } = [];

    public override DataViewSchema Schema => schema;

    public override long Position => _ended ? -1 : _position;

    public override long Batch => 0;

    /// <summary>Buffers for the columns that are passed on; null where one of them is of a type that cannot be kept.</summary>
    public static ColumnBuffer?[]? Buffers(DataViewRow input, bool[] active, int capacity)
    {
        var buffers = new ColumnBuffer?[input.Schema.Count];
        for (int i = 0; i < buffers.Length; i++)
        {
            if (active[i] && (buffers[i] = ColumnBuffer.Create(input, input.Schema[i], capacity)) is null)
                return null;
        }
        return buffers;
    }

    public override bool MoveNext()
    {
        if (_ended)
            return false;
        if (++_slot >= _count)
            ReadAhead();
        _ended = _count == 0;
        _position++;
        return !_ended;
    }

    /// <summary>The risk of the current row; runs the model once for all rows read ahead.</summary>
    public ReadOnlyMemory<float> Risk()
    {
        CheckOnRow();
        if (!_isForecast)
            inputs.Run(predictor, _count, _risk.AsSpan(0, _count * riskLength));
        _isForecast = true;
        return _risk.AsMemory(_slot * riskLength, riskLength);
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) =>
    {
        CheckOnRow();
        value = _ids[_slot];
    };

    public override bool IsColumnActive(DataViewSchema.Column column) => active[column.Index];

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        RowGetters.CheckActive(active, column);
        return RowGetters.Cast<TValue>(
            column.Index < passed.Length ? passed[column.Index]!.Getter(CurrentSlot) : Added[column.Index - passed.Length], column);
    }

    protected override void Dispose(bool disposing)
    {
        _ended = true;
        input.Dispose();
        base.Dispose(disposing);
    }

    void ReadAhead()
    {
        for (_count = 0, _slot = 0, _isForecast = false; _count < capacity && input.MoveNext(); _count++)
        {
            inputs.Read(_count);
            _idOf(ref _ids[_count]);
            foreach (ColumnBuffer? buffer in passed)
                buffer?.Read(_count);
        }
    }

    int CurrentSlot()
    {
        CheckOnRow();
        return _slot;
    }

    void CheckOnRow()
    {
        if (Position < 0)
            throw new InvalidOperationException("The cursor is not on a row; call MoveNext first.");
    }
}
