using TorchSharp.Modules;
using static TorchSharp.torch;

namespace HotspotInference.Training.Architectures;

/// <summary>What layers that run over time do to their frames, in libtorch and in ONNX alike.</summary>
static class Frames
{
    /// <summary>
    /// The larger of every two neighbouring frames: MaxPool3D (2, 1, 1). From the end: of an odd number of frames the oldest has no partner
    /// and goes. A single frame stays.
    /// </summary>
    /// <param name="frames">The frames, in the order of time.</param>
    /// <param name="larger">Element by element the larger of two frames.</param>
    public static T[] Pool<T>(T[] frames, Func<T, T, T> larger) => frames.Length == 1 ? frames
        : [.. Enumerable.Range(0, frames.Length / 2)
            .Select(i => larger(frames[frames.Length % 2 + 2 * i], frames[frames.Length % 2 + 2 * i + 1]))];

    /// <summary>Batch normalisation as it is in use: a factor and a shift, <c>[channel, 1, 1]</c> each.</summary>
    public static (Tensor Factor, Tensor Shift) Affine(BatchNorm2d norm)
    {
        using var noGrad = no_grad();
        Tensor factor = norm.weight / (norm.running_var! + norm.eps).sqrt();
        Tensor shift = norm.bias! - norm.running_mean! * factor;
        return (factor.view(-1, 1, 1), shift.view(-1, 1, 1));
    }
}
