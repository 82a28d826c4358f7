using HotspotInference.Training.Architectures.ConvLstm;

namespace HotspotInference.Training.Architectures.HotspotNet;

/// <summary>
/// The history model with a learnt correction: a mixture of past rates, times a day factor, times <c>exp(correction)</c>. The correction is
/// bounded, starts at zero, and comes from the rates relative to their mixture and from a ConvLSTM over the last maps, by one network
/// for all kinds.
/// </summary>
sealed class HotspotNetArchitecture : Architecture
{
    public static Setting<int[]> Hidden { get; } = ConvLstmArchitecture.Hidden;

    public static Setting<int[]> Width { get; } = Setting.Integers("width", "Channels of the correction from the rates.", "16", minimum: 1);

    public static Setting<int[]> RateKernel { get; } = Setting.Integers("rate-kernel",
        "Kernel size of the first convolution of the rates, odd.", "3", minimum: 1);

    public static Setting<int[]> Members { get; } = Setting.Integers("members",
        "How many corrections are learnt, each from weights of its own, and averaged.", "2", minimum: 1);

    public static Setting<BorderPadding> Padding { get; } = ConvLstmArchitecture.Padding;

    public static Setting<MixtureTraining> Mixture { get; } = Setting.Choice("mixture",
        "Whether mixture and day factor stay as fitted or are trained on.", MixtureTraining.Fixed);

    public static Setting<CellTerm> Cells { get; } = Setting.Choice("cells",
        "Whether each cell has a number of its own, learnt and added to its logit; the network is then for one grid.", CellTerm.None);

    public override string Name => "hotspotnet";

    public override string Description => "the history model with a correction by a ConvLSTM";

    public override IReadOnlyList<Setting> Settings => [Width, RateKernel, Hidden, Members, Padding, Mixture, Cells];

    public override IReadOnlyList<(string Option, string Value)> Defaults =>
    [
        ("--maps", "counts"), ("--window", "4"), ("--loss", "occurrence"), ("--epochs", "5"), ("--batch", "16"), ("--patience", "0"),
        ("--learning-rate", "1e-3"), ("--schedule", "cosine"), ("--hidden", "4"),
    ];

    public override IReadOnlyList<string> SearchSpace =>
        ["learning-rate=log:1e-4..1e-2", "width=log-int:4..32", "hidden=log-int:2..16", "rate-kernel=1|3|5", "members=int:1..3"];

    public override bool NeedsHistory => true;

    public override bool TakesExternal => true;

    public override Network Create(NetworkShape shape, ArchitectureSettings settings, HistoryStart? start = null)
    {
        ArgumentNullException.ThrowIfNull(start);
        BorderPadding padding = settings.Get(Padding);
        int width = settings.One(Width), hidden = settings.One(Hidden), kernel = settings.One(RateKernel);
        var rates = new RateSelection(start, shape.Classes);
        // With several classes, those of all incidents stand beside a kind's own.
        int views = shape.Classes > 1 ? 2 : 1;
        Correction[] members = [.. Enumerable.Range(0, settings.One(Members)).Select(_ => new Correction(
            views * (rates.PerClass + 1) + shape.External, width, new CellConvolution(kernel, padding, shape), kernel,
            new ConvLstmLayer(views, hidden, 3, Peephole.None, new CellConvolution(3, padding, shape), shape)))];
        return new HotspotNetNetwork(shape, start, rates, members, settings.Get(Mixture), settings.Get(Cells));
    }
}
