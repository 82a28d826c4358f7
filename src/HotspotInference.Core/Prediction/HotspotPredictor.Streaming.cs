using System.Security.Cryptography;
using HotspotInference.Features;
using HotspotInference.Prediction;

namespace HotspotInference;

// Models that carry a state from one period to the next: a forecast costs one step for each period since the last one.
public sealed partial class HotspotPredictor
{
    /// <summary>Whose state it is that a city keeps: the network's, told by its file. Null where there is none.</summary>
    string? StateKey { get; init; }

    static string? KeyOf(byte[] model, ModelMetadata metadata) =>
        metadata.IsStreaming ? Convert.ToHexStringLower(SHA256.HashData(model)) : null;

    /// <summary>Takes in the maps that the state does not know yet, and forecasts from the last of them.</summary>
    /// <param name="city">Holds the maps and the state.</param>
    /// <param name="buffers">Hold all that a step is given, but for map and state; the state itself follows from maps alone.</param>
    /// <param name="output">Where the results go.</param>
    void RunFromState(CityState city, ModelBuffers buffers, in HotspotOutput output)
    {
        CarriedState state = city.Carried(StateKey!, Metadata.StateChannels * Heatmaps.Grid.CellCount);
        for (long newest = city.NextPeriod - 1; state.Period < newest; state.MoveOn())
        {
            if (!state.HasBehind)
                Step(city, state, buffers, new HotspotOutput());
        }
        Step(city, state, buffers, output);
    }

    void Step(CityState city, CarriedState state, ModelBuffers buffers, in HotspotOutput output)
    {
        city.CopyMap(state.Period, buffers.First(0));
        state.Before.CopyTo(buffers.First(4));
        Run(buffers, output with { NextState = state.Behind });
        state.HasBehind = true;
    }
}
