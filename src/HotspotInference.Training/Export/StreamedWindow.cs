namespace HotspotInference.Training.Export;

/// <summary>
/// Whole windows on models of either kind: on one that carries a state a window is as many steps from zeros as it has maps.
/// </summary>
static class StreamedWindow
{
    /// <summary>Forecasts from windows.</summary>
    /// <param name="predictor">The model.</param>
    /// <param name="input">The input, its maps those of the windows.</param>
    /// <param name="output">Where the results go.</param>
    public static void Predict(HotspotPredictor predictor, in HotspotInput input, in HotspotOutput output)
    {
        if (!predictor.Metadata.IsStreaming)
        {
            predictor.Predict(input, output);
            return;
        }
        int steps = predictor.Features.Maps!.Lags.Count, window = input.Maps.Length / input.Batch, length = window / steps;
        var maps = new float[input.Batch * length];
        var state = new float[input.Batch * predictor.Metadata.StateChannels * input.Rows * input.Columns];
        for (int t = 0; t < steps; t++)
        {
            for (int i = 0; i < input.Batch; i++)
                input.Maps.Slice(i * window + t * length, length).CopyTo(maps.AsSpan(i * length));
            predictor.Predict(input with { Maps = maps, State = state }, output with { NextState = state });
        }
    }
}
