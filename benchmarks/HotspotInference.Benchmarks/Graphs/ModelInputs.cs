using HotspotInference.Features;

namespace HotspotInference.Benchmarks.Graphs;

/// <summary>Raw tensors of the sizes that a model needs, and room for what it gives.</summary>
public sealed class ModelInputs
{
    readonly int _batch, _rows, _columns;
    readonly float[] _maps, _history, _calendar, _state, _risk;

    public ModelInputs(HotspotPredictor predictor, int batch)
    {
        (_batch, _rows, _columns) = (batch, predictor.Heatmaps.Grid.Rows, predictor.Heatmaps.Grid.Columns);
        FeatureSpec features = predictor.Features;
        int cells = _rows * _columns;
        _maps = new float[features.Maps is { } maps ? batch * (predictor.Metadata.IsStreaming ? 1 : maps.Lags.Count) * maps.Channels.Count * cells : 0];
        _history = new float[features.History is { } history ? batch * history.FeatureCount * cells : 0];
        _calendar = new float[features.Calendar is { } calendar ? batch * calendar.Features.Count : 0];
        _state = new float[batch * predictor.Metadata.StateChannels * cells];
        _risk = new float[batch * predictor.Classes.Count * cells];
        var random = new Random(1);
        foreach (float[] values in new[] { _maps, _history, _calendar })
        {
            for (int i = 0; i < values.Length; i++)
                values[i] = random.NextDouble() < 0.02 ? 1 : 0;
        }
    }

    public void Predict(HotspotPredictor predictor) => predictor.Predict(
        new HotspotInput { Batch = _batch, Rows = _rows, Columns = _columns, Maps = _maps, History = _history, Calendar = _calendar, State = _state }, _risk);
}
