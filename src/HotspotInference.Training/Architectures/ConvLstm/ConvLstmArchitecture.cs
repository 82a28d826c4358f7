namespace HotspotInference.Training.Architectures.ConvLstm;

/// <summary>
/// Convolutional LSTM layers (Shi et al. 2015) with pooling over time between them, then a convolution: the network of Holm and
/// Plynning (2018) and of the Omdena article, with the ShotSpotter report's peephole connections.
/// </summary>
sealed class ConvLstmArchitecture : Architecture
{
    public static Setting<int[]> Layers { get; } = Setting.Integers("layers",
        "How many ConvLSTM layers; the last one's last frame is used. 0: as many as pooling takes to leave one frame.", "0", minimum: 0);

    public static Setting<int[]> Hidden { get; } = Setting.Integers("hidden",
        "Channels of each layer's state: one number for all layers, or one a layer.", "16", minimum: 1);

    public static Setting<int[]> Kernels { get; } = Setting.Integers("kernels",
        "Kernel size of each layer, odd: one number for all layers, or one a layer.", "3", minimum: 1);

    public static Setting<int[]> HeadKernel { get; } = Setting.Integers("head-kernel",
        "Kernel size of the last convolution, odd.", "3", minimum: 1);

    public static Setting<Peephole> Peepholes { get; } = Setting.Choice("peephole",
        "Weights from cell state to gates, per channel, or per cell for one fixed grid.", Peephole.Channel);

    public static Setting<BorderPadding> Padding { get; } = Setting.Choice("padding",
        "What convolutions see beyond the edge; partial scales up what is inside.", BorderPadding.Zero);

    public static Setting<Pooling> Pools { get; } = Setting.Choice("pooling",
        "Between layers: the larger of every two neighbouring frames, or nothing.", Pooling.Max);

    public static Setting<Normalization> Normalizations { get; } = Setting.Choice("normalization",
        "Batch normalisation of each layer's output, or none.", Normalization.None);

    public static Setting<double> Dropout { get; } = Setting.Share("dropout",
        "Share of each layer's outputs that are dropped in training.", "0");

    public static Setting<int[]> Streaming { get; } = Setting.Integers("streaming",
        "Carry the state from period to period, so that a forecast costs one step: how many of the window's maps the gradient goes "
        + "through; those before, a random number of them, warm the state up. Needs --pooling none. "
        + "0: each window stands for itself.", "0", minimum: 0);

    public override string Name => "convlstm";

    public override string Description => "convolutional LSTM layers with pooling over time";

    public override IReadOnlyList<Setting> Settings =>
        [Layers, Hidden, Kernels, HeadKernel, Peepholes, Padding, Pools, Normalizations, Dropout, Streaming];

    public override bool TakesExternal => true;

    public override IReadOnlyList<string> SearchSpace => [.. base.SearchSpace, "peephole=channel|none", "normalization=none|batch"];

    public override Network Create(NetworkShape shape, ArchitectureSettings settings, HistoryStart? start = null)
    {
        Pooling pooling = settings.Get(Pools);
        int most = pooling == Pooling.Max ? FramesHalvings(shape.Steps) : int.MaxValue;
        int layers = settings.One(Layers) is var asked and > 0 ? asked : pooling == Pooling.Max ? Math.Max(1, most) : 1;
        if (layers > Math.Max(1, most))
            throw new HotspotException("layers", $"{layers} for windows of {shape.Steps} maps",
                $"at most {Math.Max(1, most)}, after which one frame is left", "Use fewer layers, a longer window, or --pooling none.");
        int learntSteps = settings.One(Streaming);
        if (learntSteps > 0 && pooling == Pooling.Max)
            throw new HotspotException("streaming", "pooling over time, whose pairs of maps are others with every period", "--pooling none",
                "Give --pooling none with --layers, or leave --streaming out.");
        if (learntSteps > shape.Steps)
            throw new HotspotException("streaming", $"{learntSteps} for windows of {shape.Steps} maps", $"at most {shape.Steps}",
                "Use fewer, or a longer --window.");
        int[] hidden = PerLayer(settings, Hidden, layers), kernels = PerLayer(settings, Kernels, layers);
        BorderPadding padding = settings.Get(Padding);
        var built = new ConvLstmLayer[layers];
        for (int i = 0; i < layers; i++)
            built[i] = new ConvLstmLayer(i == 0 ? shape.Channels : hidden[i - 1], hidden[i], kernels[i],
                settings.Get(Peepholes), new CellConvolution(kernels[i], padding, shape), shape);
        int headKernel = settings.One(HeadKernel);
        return new ConvLstmNetwork(shape, built, pooling, settings.Get(Normalizations), settings.Get(Dropout), headKernel,
            new CellConvolution(headKernel, padding, shape), settings.Get(Peepholes), learntSteps);
    }

    static int FramesHalvings(int frames)
    {
        int halvings = 0;
        for (; frames > 1; frames /= 2)
            halvings++;
        return halvings;
    }

    /// <summary>A setting's numbers, one for each layer.</summary>
    /// <exception cref="HotspotException">There are neither one nor as many as layers.</exception>
    public static int[] PerLayer(ArchitectureSettings settings, Setting<int[]> setting, int layers)
    {
        int[] values = settings.Get(setting);
        return values.Length == layers ? values
            : values is [int same] ? [.. Enumerable.Repeat(same, layers)]
            : throw new HotspotException(setting.Name, $"{settings.Values[setting.Name]} for {layers} layers", $"one number or {layers}",
                "Give one a layer.");
    }
}
