namespace HotspotInference.Training.Architectures.StResNet;

/// <summary>What each branch is weighed with before the branches are added.</summary>
enum Fusion
{
    /// <summary>A weight a class and branch: any grid.</summary>
    Channel,

    /// <summary>A weight a class, branch and cell, as in the paper. The network is bound to its grid.</summary>
    Cell,
}
