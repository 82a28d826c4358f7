using Microsoft.ML;
using Microsoft.ML.Data;

namespace HotspotInference.Pipelines;

/// <summary>
/// A cursor with columns behind those of another, row by row; which rows it stops at is for <see cref="Advance"/> to say.
/// </summary>
class MappedCursor(DataViewRowCursor input, DataViewSchema schema, bool[] active, Delegate[] added) : DataViewRowCursor
{
    readonly MappedRow _row = new(input, schema, active, added);
    long _position = -1;
    bool _ended;

    public sealed override DataViewSchema Schema => schema;

    public sealed override long Position => _ended ? -1 : _position;

    public sealed override long Batch => 0;

    protected DataViewRowCursor Input => input;

    public sealed override bool MoveNext()
    {
        _ended = _ended || !Advance();
        if (!_ended)
            _position++;
        return !_ended;
    }

    public sealed override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

    public sealed override bool IsColumnActive(DataViewSchema.Column column) => active[column.Index];

    public sealed override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _row.GetGetter<TValue>(column);

    /// <summary>Moves the input to the next row that this one stops at.</summary>
    protected virtual bool Advance() => input.MoveNext();

    protected override void Dispose(bool disposing)
    {
        _ended = true;
        _row.Dispose();
        base.Dispose(disposing);
    }
}
