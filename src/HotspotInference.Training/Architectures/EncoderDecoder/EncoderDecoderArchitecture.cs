using HotspotInference.Training.Architectures.ConvLstm;

namespace HotspotInference.Training.Architectures.EncoderDecoder;

/// <summary>
/// A convolutional encoder-decoder of the window, one of the two kinds of network that Schlegel (2018) forecast crime with; with skip
/// connections it is a small U-Net.
/// </summary>
sealed class EncoderDecoderArchitecture : Architecture
{
    public static Setting<int[]> Hidden { get; } = Setting.Integers(ConvLstmArchitecture.Hidden.Name,
        "Channels of each level, from the grid's resolution to the coarsest; each further level has half the rows and columns.", "16,32,64",
        minimum: 1);

    public static Setting<int[]> Kernels { get; } = ConvLstmArchitecture.Kernels;

    public static Setting<BorderPadding> Padding { get; } = ConvLstmArchitecture.Padding;

    public static Setting<SkipConnections> Skips { get; } = Setting.Choice("skips",
        "Whether the decoder sees the encoder's map of the same resolution.", SkipConnections.Concatenate);

    public override string Name => "encoder-decoder";

    public override string Description => "convolutions down to a coarser grid and up again";

    public override IReadOnlyList<Setting> Settings => [Hidden, Kernels, Padding, Skips];

    public override Network Create(NetworkShape shape, ArchitectureSettings settings, HistoryStart? start = null) =>
        new EncoderDecoderNetwork(shape, Body(shape, settings));

    /// <summary>The encoder-decoder that settings ask for.</summary>
    /// <exception cref="HotspotException">The settings contradict each other or the shape.</exception>
    public static EncoderDecoderBody Body(NetworkShape shape, ArchitectureSettings settings)
    {
        int[] widths = settings.Get(Hidden);
        if (widths.Length < 2)
            throw new HotspotException(Hidden.Name, settings.Values[Hidden.Name], "at least two numbers, one a level",
                "Example: 16,32,64 goes down twice.");
        return new EncoderDecoderBody(shape, widths, settings.One(Kernels), settings.Get(Padding), settings.Get(Skips));
    }
}
