using Microsoft.ML;

namespace HotspotInference.Pipelines;

/// <summary>A view whose rows are made as they are read.</summary>
/// <param name="schema">Its columns.</param>
/// <param name="rowCount">How many rows, where that is known beforehand.</param>
/// <param name="cursor">Makes a cursor for some active columns, given by their index.</param>
sealed class StepView(DataViewSchema schema, Func<long?> rowCount, Func<bool[], DataViewRowCursor> cursor) : IDataView
{
    // Rows have an order, that of time or of their file, which later steps rely on.
    public bool CanShuffle => false;

    public DataViewSchema Schema => schema;

    public long? GetRowCount() => rowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        cursor(Active(schema, columnsNeeded));

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    /// <summary>For each column whether it is asked for.</summary>
    public static bool[] Active(DataViewSchema schema, IEnumerable<DataViewSchema.Column> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var active = new bool[schema.Count];
        foreach (DataViewSchema.Column column in columns)
            active[column.Index] = true;
        return active;
    }
}
