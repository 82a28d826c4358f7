namespace HotspotInference.Training.Architectures.HotspotNet;

/// <summary>What a network knows of a cell by itself.</summary>
enum CellTerm
{
    /// <summary>Nothing: any grid.</summary>
    None,

    /// <summary>
    /// A number a class, added to the logit. In a sum that is all an embedding of the cell's identity amounts to. The network is bound to
    /// its grid.
    /// </summary>
    Bias,
}
