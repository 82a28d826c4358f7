using HotspotInference.Training.Architectures;
using static TorchSharp.torch;

namespace HotspotInference.Training.Data;

/// <summary>What a network learns from, made as tensors a batch at a time.</summary>
interface ISampleSet
{
    int Count { get; }

    /// <summary>What a network is given at some positions.</summary>
    NetworkInput Inputs(ReadOnlySpan<int> positions);

    /// <summary>The incidents at some positions: <c>[batch, class, row, column]</c>.</summary>
    Tensor Counts(ReadOnlySpan<int> positions);
}
