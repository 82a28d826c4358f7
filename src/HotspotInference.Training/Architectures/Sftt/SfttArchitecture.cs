using HotspotInference.Training.Architectures.ConvLstm;

namespace HotspotInference.Training.Architectures.Sftt;

/// <summary>
/// Spatial features first, then temporal (Stalidis, Semertzidis and Daras 2018): the same convolutional network for each map, LSTM layers
/// over what it saw, and two heads: where, and which kind.
/// </summary>
sealed class SfttArchitecture : Architecture
{
    public static Setting<int[]> Filters { get; } = Setting.Integers("filters",
        "Channels of each block of two convolutions and a pooling.", "32,64,128", minimum: 1);

    public static Setting<int[]> Features { get; } = Setting.Integers("features",
        "How many numbers tell what is seen in one map.", "256", minimum: 1);

    public static Setting<int[]> Layers { get; } = Setting.Integers("layers", "How many LSTM layers.", "1", minimum: 1);

    public static Setting<int[]> Hidden { get; } = Setting.Integers("hidden",
        "Length of each layer's state: one number for all layers, or one a layer.", "256", minimum: 1);

    public override string Name => "sftt";

    public override string Description => "convolutions of each map, then LSTM layers over time; heads for where and for the kind";

    public override IReadOnlyList<Setting> Settings => [Filters, Features, Layers, Hidden, ConvLstmArchitecture.Dropout];

    public override IReadOnlyList<(string Option, string Value)> Defaults => [("--heads", "kinds"), ("--dropout", "0.5")];

    public override Network Create(NetworkShape shape, ArchitectureSettings settings, HistoryStart? start = null)
    {
        int layers = settings.One(Layers), features = settings.One(Features);
        int[] hidden = ConvLstmArchitecture.PerLayer(settings, Hidden, layers);
        return new SfttNetwork(shape, new FrameEncoder(shape, settings.Get(Filters), features),
            [.. hidden.Select((size, i) => new LstmLayer(i == 0 ? features : hidden[i - 1], size))],
            settings.Get(ConvLstmArchitecture.Dropout));
    }
}
