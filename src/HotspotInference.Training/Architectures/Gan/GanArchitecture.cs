using System.Globalization;
using HotspotInference.Training.Architectures.EncoderDecoder;

namespace HotspotInference.Training.Architectures.Gan;

/// <summary>
/// A conditional generative adversarial network, the other kind of network that Schlegel (2018) forecast crime with. Its generator is the
/// encoder-decoder with noise; the exported model is the generator's mean over fixed draws of noise.
/// </summary>
sealed class GanArchitecture : Architecture
{
    public static Setting<int[]> Noise { get; } = Setting.Integers("noise", "Random numbers of a draw.", "8", minimum: 1);

    public static Setting<int[]> DrawCount { get; } = Setting.Integers("draws",
        "How many draws of noise the model takes the mean of; they stay the same.", "8", minimum: 1);

    public static Setting<double> Adversarial { get; } = new("adversarial", "X",
        "How much it counts in the generator's loss that the discriminator sees through it; 0: there is no discriminator.", "0.01",
        text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= 0
            && double.IsFinite(value) ? value
            : throw new HotspotException("adversarial", $"'{text}'", "a number of at least 0", "Example: 0.01."));

    public static Setting<ShownMap> Shown { get; } = Setting.Choice("shown",
        "What the discriminator is shown of a forecast: a map drawn from the risk, or the risk.", ShownMap.Sample);

    public static Setting<int[]> Widths { get; } = Setting.Integers("discriminator",
        "Channels of the discriminator's convolutions, each of which halves the resolution.", "16,32", minimum: 1);

    public override string Name => "gan";

    public override string Description => "an encoder-decoder with noise, trained against a discriminator";

    public override IReadOnlyList<Setting> Settings =>
        [.. new EncoderDecoderArchitecture().Settings, Noise, DrawCount, Adversarial, Shown, Widths];

    public override Network Create(NetworkShape shape, ArchitectureSettings settings, HistoryStart? start = null) =>
        new GanNetwork(shape, EncoderDecoderArchitecture.Body(shape, settings), settings.One(Noise), settings.One(DrawCount),
            settings.Get(Adversarial), settings.Get(Shown), settings.Get(Widths));
}
