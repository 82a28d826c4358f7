using HotspotInference.Onnx;

namespace HotspotInference.Training.Architectures;

/// <summary>The inputs of a network as ONNX, as the model contract has them.</summary>
/// <param name="Maps"><c>[batch, time, channel, row, column]</c>.</param>
/// <param name="History"><c>[batch, feature, row, column]</c>, all features; null where the network sees none.</param>
/// <param name="Calendar"><c>[batch, feature]</c>; null where the network sees none.</param>
/// <param name="External"><c>[batch, feature, row, column]</c>, standardised; null where the network sees none.</param>
readonly record struct GraphInputs(OnnxValue Maps, OnnxValue? History, OnnxValue? Calendar, OnnxValue? External = null)
{
    /// <summary><c>[batch, step, feature]</c>; null where the network sees maps.</summary>
    public OnnxValue? Events { get; init; }
}
