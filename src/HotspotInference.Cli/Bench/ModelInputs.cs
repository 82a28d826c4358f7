using HotspotInference.Features;

namespace HotspotInference.Cli.Bench;

/// <summary>Raw tensors of the sizes that a model needs, sparse and the same each time, and room for its risk.</summary>
sealed class ModelInputs
{
    const double ShareOfOnes = 0.02;

    readonly int _rows, _columns;
    readonly float[] _maps, _history, _calendar, _external, _state, _risk;

    /// <param name="predictor">The model; on its own grid.</param>
    /// <param name="batch">How many forecasts at once.</param>
    public ModelInputs(HotspotPredictor predictor, int batch)
    {
        (Batch, _rows, _columns) = (batch, predictor.Heatmaps.Grid.Rows, predictor.Heatmaps.Grid.Columns);
        FeatureSpec features = predictor.Features;
        int cells = _rows * _columns;
        _maps = new float[features.Maps is { } maps
            ? batch * (predictor.Metadata.IsStreaming ? 1 : maps.Lags.Count) * maps.Channels.Count * cells : 0];
        _history = new float[features.History is { } history ? batch * history.FeatureCount * cells : 0];
        _calendar = new float[features.Calendar is { } calendar ? batch * calendar.Features.Count : 0];
        _external = new float[batch * predictor.Metadata.External.Count * cells];
        _state = new float[batch * predictor.Metadata.StateChannels * cells];
        _risk = new float[batch * predictor.Classes.Count * cells];
        var random = new Random(1);
        foreach (float[] values in new[] { _maps, _history, _calendar, _external })
        {
            for (int i = 0; i < values.Length; i++)
                values[i] = random.NextDouble() < ShareOfOnes ? 1 : 0;
        }
    }

    public int Batch { get; }

    /// <summary>The risk of the last prediction, <c>[batch, class, row, column]</c>.</summary>
    public ReadOnlySpan<float> Risk => _risk;

    public void Predict(HotspotPredictor predictor) => predictor.Predict(
        new HotspotInput
        {
            Batch = Batch,
            Rows = _rows,
            Columns = _columns,
            Maps = _maps,
            History = _history,
            Calendar = _calendar,
            External = _external,
            State = _state,
        }, _risk);
}
