using HotspotInference.Prediction;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace HotspotInference.Pipelines;

/// <summary>Where a model's inputs lie in a schema, and how long they are.</summary>
sealed class ForecastLayout
{
    public ForecastLayout(string step, ModelMetadata metadata, DataViewSchema schema)
    {
        Grid = FindGrid(metadata, schema);
        int cells = Grid.CellCount;
        if (metadata.Features.Maps is { } maps)
            Window = Checked(PeriodColumns.Window, maps.Lags.Count * maps.Channels.Count * cells);
        if (metadata.Features.History is { } history)
            History = Checked(PeriodColumns.History, history.FeatureCount * cells);
        if (metadata.Features.Calendar is { } calendar)
            Calendar = Checked(PeriodColumns.Calendar, calendar.Features.Count);
        if (metadata.External.Count > 0)
            External = Checked(PeriodColumns.External, metadata.External.Count * cells);
        RiskLength = metadata.Classes.Count * cells;

        (DataViewSchema.Column, int) Checked(string name, int length)
        {
            DataViewSchema.Column column = schema[name];
            int found = ((VectorDataViewType)column.Type).Size;
            return found == length
                ? (column, length)
                : throw new HotspotException($"{step}, column '{name}'", $"{found} values",
                    $"{length} for the model '{metadata.Name}' on {Grid.Rows} x {Grid.Columns} cells",
                    "Make the column as the model's metadata say; ForecastHotspots does.");
        }
    }

    /// <summary>The cells of the risk map.</summary>
    public GridSpec Grid { get; }

    public (DataViewSchema.Column Column, int Length)? Window { get; }

    public (DataViewSchema.Column Column, int Length)? History { get; }

    public (DataViewSchema.Column Column, int Length)? Calendar { get; }

    public (DataViewSchema.Column Column, int Length)? External { get; }

    /// <summary>Classes x rows x columns.</summary>
    public int RiskLength { get; }

    // A model for any grid takes that of the columns, where these say theirs; else its own.
    static GridSpec FindGrid(ModelMetadata metadata, DataViewSchema schema)
    {
        GridSpec own = metadata.Heatmaps.Grid;
        string name = metadata.Features.Maps is not null ? PeriodColumns.Window
            : metadata.Features.History is not null ? PeriodColumns.History
            : PeriodColumns.External;
        return metadata.Grid == GridMode.Any
            && schema.GetColumnOrNull(name)?.Type is VectorDataViewType { Dimensions: { Length: >= 3 } shape }
            ? new GridSpec(own.Bounds, shape[^2], shape[^1])
            : own;
    }
}
