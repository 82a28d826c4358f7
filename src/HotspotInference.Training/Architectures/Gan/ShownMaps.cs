using TorchSharp;
using static TorchSharp.torch;

namespace HotspotInference.Training.Architectures.Gan;

/// <summary>Makes such maps.</summary>
static class ShownMaps
{
    // Towards 0 the gradient is that of the sample itself: almost everywhere nothing, else anything.
    const double Temperature = 0.5;
    const double Smallest = 1e-6;

    /// <summary>
    /// 1 with the probability that the risk gives, else 0, from libtorch's generator. The gradient is that of the binary concrete
    /// distribution (Maddison et al. 2017) of the same random number, passed straight through (Jang et al. 2017).
    /// </summary>
    public static Tensor Sample(Tensor risk)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor bounded = risk.clamp(Smallest, 1 - Smallest), uniform = rand_like(risk).clamp(Smallest, 1 - Smallest);
        Tensor relaxed = ((Logit(bounded) + Logit(uniform)) / Temperature).sigmoid(), hard = relaxed.gt(0.5).to(risk.dtype);
        return (hard + relaxed - relaxed.detach()).MoveToOuterDisposeScope();

        static Tensor Logit(Tensor p) => p.log() - (1 - p).log();
    }
}
