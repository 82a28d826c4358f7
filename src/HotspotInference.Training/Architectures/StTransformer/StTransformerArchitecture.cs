using HotspotInference.Training.Architectures.ConvLstm;

namespace HotspotInference.Training.Architectures.StTransformer;

/// <summary>
/// Attention over time and patches: the blocks of TimeSformer (Bertasius, Wang and Torresani 2021) on heat maps, with a head for cells.
/// </summary>
sealed class StTransformerArchitecture : Architecture
{
    public static Setting<int[]> Patch { get; } = Setting.Integers("patch", "Rows and columns of a patch.", "4", minimum: 1);

    public static Setting<int[]> Hidden { get; } = ConvLstmArchitecture.Hidden;

    public static Setting<int[]> Blocks { get; } = Setting.Integers("blocks",
        "Blocks of attention over time, then over patches.", "2", minimum: 1);

    public static Setting<int[]> Heads { get; } = Setting.Integers("attention-heads",
        "Heads of each attention; they divide --hidden.", "4", minimum: 1);

    public static Setting<int[]> DenseRatio { get; } = Setting.Integers("dense-ratio",
        "How many times as wide as a token the dense layers of a block are within.", "2", minimum: 1);

    public static Setting<double> Dropout { get; } = ConvLstmArchitecture.Dropout;

    public override string Name => "st-transformer";

    public override string Description => "attention over time and patches of the map";

    public override IReadOnlyList<Setting> Settings => [Patch, Hidden, Blocks, Heads, DenseRatio, Dropout];

    public override IReadOnlyList<(string Option, string Value)> Defaults =>
        [("--maps", "counts"), ("--loss", "occurrence"), ("--hidden", "32")];

    public override Network Create(NetworkShape shape, ArchitectureSettings settings, HistoryStart? start = null)
    {
        int width = settings.One(Hidden), heads = settings.One(Heads);
        if (width % heads != 0)
            throw new HotspotException("attention-heads", $"{heads} for tokens of {width} elements", "a divisor of --hidden",
                "Each head takes an equal part: choose another --attention-heads or --hidden.");
        var grid = new PatchGrid(settings.One(Patch), shape.Rows, shape.Columns);
        int blocks = settings.One(Blocks), ratio = settings.One(DenseRatio);
        return new StTransformerNetwork(shape, grid, width, [.. Enumerable.Range(0, blocks)
            .Select(i => new DividedBlock(shape.Steps, grid.Count, width, heads, ratio, settings.Get(Dropout), isLast: i == blocks - 1))]);
    }
}
