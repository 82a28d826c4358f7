using HotspotInference.Forecasts;
using HotspotInference.Pipelines.Saving;
using HotspotInference.Prediction;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace HotspotInference.Pipelines;

/// <summary>
/// Adds <see cref="PeriodColumns.Risk"/>, <see cref="PeriodColumns.Hotspots"/> and <see cref="PeriodColumns.Levels"/> to rows that hold
/// what the model is given. One session serves all cursors, rows and threads; disposing the transformer frees it, disposing a cursor or a
/// row does not. A prediction engine disposes its transformer unless <c>PredictionEngineOptions.OwnsTransformer</c> is false: set that
/// where engines share one.
/// </summary>
public sealed class HotspotPredictionTransformer : RowTransformer, IDisposable
{
    readonly byte[] _model;
    readonly HotspotPredictor _predictor;
    readonly int _batchSize;

    internal HotspotPredictionTransformer(StepContract contract, byte[] model, HotspotPredictor predictor, double percentile, int batchSize,
        PercentileTable? thresholds) : base(contract)
    {
        (_model, _predictor, _batchSize) = (model, predictor, batchSize);
        (Percentile, Thresholds) = (percentile, thresholds);
    }

    /// <summary>What the model says of itself.</summary>
    public ModelMetadata Metadata => _predictor.Metadata;

    /// <summary>Cells whose risk is above this percentile are hot.</summary>
    public double Percentile { get; }

    /// <summary>The model's thresholds, or those learnt; null where each row's own are taken.</summary>
    public PercentileTable? Thresholds { get; }

    /// <summary>Frees the session, once calls that are under way have ended.</summary>
    public void Dispose() => _predictor.Dispose();

    private protected override DataViewSchema.DetachedColumn[] Outputs(DataViewSchema input)
    {
        var layout = new ForecastLayout(Contract.Step, Metadata, input);
        int[] shape = [Metadata.Classes.Count, layout.Grid.Rows, layout.Grid.Columns];
        return
        [
            new(PeriodColumns.Risk, new VectorDataViewType(NumberDataViewType.Single, shape)),
            new(PeriodColumns.Hotspots, new VectorDataViewType(BooleanDataViewType.Instance, shape)),
            new(PeriodColumns.Levels, new VectorDataViewType(NumberDataViewType.Byte, shape)),
        ];
    }

    private protected override Delegate[] Bind(DataViewRow row)
    {
        var layout = new ForecastLayout(Contract.Step, Metadata, row.Schema);
        var inputs = new ForecastInputs(layout, row, 1);
        var risk = new float[layout.RiskLength];
        long? forecast = null;
        return Getters(layout, () =>
        {
            // Several getters of one row, one run.
            if (row.Position != forecast)
            {
                inputs.Read(0);
                inputs.Run(_predictor, 1, risk);
                forecast = row.Position;
            }
            return risk;
        });
    }

    private protected override DataViewRowCursor Cursor(DataViewRowCursor input, DataViewSchema schema, bool[] active) =>
        _batchSize > 1 && AddsActive(input.Schema, active) && BatchedCursor.Buffers(input, active, _batchSize) is { } passed
            ? Batched(input, schema, active, passed)
            : base.Cursor(input, schema, active);

    internal override StepDocument Save() => new PredictHotspotsDocument(_model, Percentile, _batchSize, _predictor.Border.MarginCells,
        Thresholds is { } table ? ThresholdsDocument.From(table) : null);

    BatchedCursor Batched(DataViewRowCursor input, DataViewSchema schema, bool[] active, ColumnBuffer?[] passed)
    {
        var layout = new ForecastLayout(Contract.Step, Metadata, input.Schema);
        var inputs = new ForecastInputs(layout, input, _batchSize);
        var cursor = new BatchedCursor(input, schema, active, passed, _batchSize, inputs, layout.RiskLength, _predictor);
        cursor.Added = Getters(layout, cursor.Risk);
        return cursor;
    }

    // Hot cells and levels are those of the core; the period matters to neither.
    Delegate[] Getters(ForecastLayout layout, Func<ReadOnlyMemory<float>> risk)
    {
        return
        [
            (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
            {
                var editor = VBufferEditor.Create(ref value, layout.RiskLength);
                risk().Span.CopyTo(editor.Values);
                value = editor.Commit();
            }),
            (ValueGetter<VBuffer<bool>>)((ref VBuffer<bool> value) =>
            {
                var editor = VBufferEditor.Create(ref value, layout.RiskLength);
                editor.Values.Clear();
                HotspotForecast forecast = Forecast();
                for (int i = 0; i < forecast.Classes.Count; i++)
                {
                    foreach (HotspotCell cell in forecast.Hotspots(Percentile, forecast.Classes[i], _predictor.Border).Cells)
                        editor.Values[i * layout.Grid.CellCount + cell.Row * layout.Grid.Columns + cell.Column] = true;
                }
                value = editor.Commit();
            }),
            (ValueGetter<VBuffer<byte>>)((ref VBuffer<byte> value) =>
            {
                var editor = VBufferEditor.Create(ref value, layout.RiskLength);
                HotspotForecast forecast = Forecast();
                for (int i = 0; i < forecast.Classes.Count; i++)
                {
                    ReadOnlySpan<RiskLevel> levels = forecast.Levels(forecast.Classes[i]).AsSpan();
                    for (int cell = 0; cell < levels.Length; cell++)
                        editor.Values[i * layout.Grid.CellCount + cell] = (byte)levels[cell];
                }
                value = editor.Commit();
            }),
        ];

        HotspotForecast Forecast() =>
            new(layout.Grid, Metadata.Classes, DateTime.MinValue, DateTime.MaxValue, risk(), Metadata.Horizon, thresholds: Thresholds);
    }
}
