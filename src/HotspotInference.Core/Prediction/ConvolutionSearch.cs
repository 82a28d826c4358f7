namespace HotspotInference;

/// <summary>How cuDNN's algorithm for a convolution is found when a shape is first seen.</summary>
public enum ConvolutionSearch
{
    /// <summary>All are timed: the first prediction of a shape takes longest, later ones are quickest (<c>EXHAUSTIVE</c>).</summary>
    Exhaustive,

    /// <summary>cuDNN guesses from the sizes (<c>HEURISTIC</c>).</summary>
    Heuristic,

    /// <summary>The same one always, whatever the sizes (<c>DEFAULT</c>).</summary>
    Fixed,
}
