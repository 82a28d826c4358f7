using HotspotInference.Prediction;
using HotspotInference.Training.Architectures.ConvLstm;

namespace HotspotInference.Training.Architectures.BiConvLstm;

/// <summary>
/// Two Conv3D layers, ConvLSTM layers that read the window in both directions, and a last Conv3D to a single frame: the network of the
/// ShotSpotter report on gunfire.
/// </summary>
sealed class BiConvLstmArchitecture : Architecture
{
    public static Setting<int[]> Filters { get; } = Setting.Integers("filters",
        "Filters of each convolution in front, one number for each of them.", "16,16", minimum: 1);

    public static Setting<int[]> Layers { get; } = Setting.Integers("layers",
        "How many bidirectional ConvLSTM layers, with pooling between them.", "2", minimum: 1);

    public override string Name => "biconvlstm";

    public override string Description => "convolutions over time and space, then ConvLSTM layers that read the window in both directions";

    public override IReadOnlyList<Setting> Settings =>
    [
        Filters, Layers, ConvLstmArchitecture.Hidden, ConvLstmArchitecture.Kernels, ConvLstmArchitecture.HeadKernel,
        ConvLstmArchitecture.Peepholes, ConvLstmArchitecture.Dropout,
    ];

    public override IReadOnlyList<(string Option, string Value)> Defaults =>
    [
        ("--maps", "binary"), ("--class-weights", "100,1"), ("--batch", "20"), ("--schedule", "plateau"), ("--plateau", "5"),
        ("--patience", "10"),
    ];

    public override Network Create(NetworkShape shape, ArchitectureSettings settings, HistoryStart? start = null)
    {
        int[] filters = settings.Get(Filters);
        int layers = settings.One(Layers);
        if (shape.Steps >> (layers - 1) == 0)
            throw new HotspotException("layers", $"{layers} for windows of {shape.Steps} maps",
                $"windows of at least {1L << (layers - 1)} maps, which pooling between the layers halves",
                "Use fewer layers or a longer window.");
        int[] hidden = ConvLstmArchitecture.PerLayer(settings, ConvLstmArchitecture.Hidden, layers),
            kernels = ConvLstmArchitecture.PerLayer(settings, ConvLstmArchitecture.Kernels, layers);
        Peephole peephole = settings.Get(ConvLstmArchitecture.Peepholes);
        int headKernel = settings.One(ConvLstmArchitecture.HeadKernel);
        // Refuses an even kernel, whose result would have another size.
        _ = new CellConvolution(headKernel, BorderPadding.Zero, shape);
        ConvLstmLayer[] forwards = [.. Directions()], backwards = [.. Directions()];
        TimeConvolution[] convolutions =
        [
            .. filters.Select((count, i) => new TimeConvolution(i == 0 ? shape.Channels : filters[i - 1], count, 3)),
        ];
        return new BiConvLstmNetwork(shape, convolutions, forwards, backwards, settings.Get(ConvLstmArchitecture.Dropout), headKernel,
            peephole == Peephole.Cell ? GridMode.Fixed : GridMode.Any);

        IEnumerable<ConvLstmLayer> Directions() => Enumerable.Range(0, layers).Select(i => new ConvLstmLayer(
            i == 0 ? filters[^1] : 2 * hidden[i - 1], hidden[i], kernels[i], peephole,
            new CellConvolution(kernels[i], BorderPadding.Zero, shape), shape));
    }
}
