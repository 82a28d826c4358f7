namespace HotspotInference.Training.Architectures.EncoderDecoder;

/// <summary>Whether a level of the decoder sees the encoder's of the same resolution.</summary>
enum SkipConnections
{
    /// <summary>Beside what comes up from the coarser level (U-Net, Ronneberger et al. 2015).</summary>
    Concatenate,

    /// <summary>No: all that the forecast knows goes through the coarsest level.</summary>
    None,
}
