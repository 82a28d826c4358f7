using Microsoft.ML;

namespace HotspotInference.Pipelines;

/// <summary>What rows and cursors check before they give a getter.</summary>
static class RowGetters
{
    public static void CheckActive(bool[] active, DataViewSchema.Column column)
    {
        if ((uint)column.Index >= (uint)active.Length || !active[column.Index])
            throw new ArgumentException(
                $"The column '{column.Name}' is not active; expected one of those that the cursor was asked for.", nameof(column));
    }

    public static ValueGetter<TValue> Cast<TValue>(Delegate getter, DataViewSchema.Column column) => getter as ValueGetter<TValue>
        ?? throw new InvalidOperationException(
            $"A getter of '{typeof(TValue)}' for the column '{column.Name}'; expected '{column.Type.RawType}'.");

    /// <summary>The getter of another row, with the same check of types whatever that row does.</summary>
    public static ValueGetter<TValue> Pass<TValue>(DataViewRow row, DataViewSchema.Column column) => typeof(TValue) == column.Type.RawType
        ? row.GetGetter<TValue>(row.Schema[column.Index])
        : throw new InvalidOperationException(
            $"A getter of '{typeof(TValue)}' for the column '{column.Name}'; expected '{column.Type.RawType}'.");
}
