using System.CommandLine;
using System.Globalization;
using HotspotInference.Cli;
using HotspotInference.Cli.Terminal;
using HotspotInference.Features;
using HotspotInference.Heatmaps;
using HotspotInference.Prediction;
using HotspotInference.Training.Architectures;
using HotspotInference.Training.Architectures.ConvLstm;
using HotspotInference.Training.Data;
using HotspotInference.Training.Export;

namespace HotspotInference.Training.Verbs;

// What the network sees: windows, history, external features.
sealed partial class TrainVerb
{
    // What the history of all windows may take.
    const long MostHistoryBytes = 2L << 30;

    // Every n-th window, where the rates of all would not fit.
    static IReadOnlyList<long> Thinned(IReadOnlyList<long> targets, long valuesEach, VerbConsole console)
    {
        int step = (int)Math.Min(targets.Count, targets.Count * valuesEach * sizeof(float) / MostHistoryBytes + 1);
        if (step == 1)
            return targets;
        console.Warning(string.Create(CultureInfo.InvariantCulture,
            $"the correction learns from one window in {step}, so that their history fits into {MostHistoryBytes >> 20} MiB."));
        return [.. targets.Where((_, i) => i % step == 0)];
    }

    // A few windows with every feature of the history, as the model is given it.
    WindowSet Whole(HeatmapWindows windows, IReadOnlyList<long> targets, NetworkShape shape, HeatmapSeries series, FeatureSpec features,
        ParseResult arguments, ExternalSamples? others)
    {
        if (features.Calendar is null)
            return new WindowSet(windows, targets, shape, external: others);
        IReadOnlyList<long> some = [.. targets.Take(ParityCheck.LargestBatch)];
        return new WindowSet(windows, some, shape, new HistorySamples(series, features, some, _options.Horizon(arguments)), others);
    }

    void CheckExternal(ParseResult arguments, Architecture architecture)
    {
        if (_external.IsGiven(arguments) && !architecture.TakesExternal)
            throw new BadUsageException($"--external-periods, --external-cells: given, but the architecture "
                + $"{architecture.Name} sees incidents alone; expected one of "
                + $"{string.Join(", ", ArchitectureRegistry.All.Where(known => known.TakesExternal))}. "
                + "Choose one of these, or leave them out.");
    }

    void CheckPrecision(ParseResult arguments, Architecture architecture, ArchitectureSettings settings, bool isUpdate)
    {
        if (arguments.GetValue(_precision) != Precision.Fast)
            return;
        if (architecture is not ConvLstmArchitecture)
            throw new BadUsageException(
                $"--precision: fast with --architecture {architecture.Name}; expected convlstm. Leave it out, or choose that.");
        if (isUpdate || _external.IsGiven(arguments))
            throw new BadUsageException(
                "--precision: fast with --update or external features; expected a training from maps alone. Leave one out.");
        if (settings.One(ConvLstmArchitecture.Streaming) > 0 || arguments.GetValue(_fixedBatch) is not null)
            throw new BadUsageException(
                "--precision: fast with --streaming or --fixed-batch; expected a model of whole windows and any batch. "
                + "Leave one out.");
        if (settings.Get(ConvLstmArchitecture.Padding) != BorderPadding.Zero)
            throw new BadUsageException(
                "--precision: fast with a --padding other than zero, which eight bits do not know; expected --padding zero. "
                + "Leave one out.");
    }

    ExternalFeatures? External(ParseResult arguments, HeatmapSpec spec, ModelMetadata? old, VerbConsole console)
    {
        ExternalFeatures? external = _external.Load(arguments, spec, console);
        if (old is not null)
            return external is null == (old.External.Count == 0) ? external
                : throw new BadUsageException($"--external-periods, --external-cells: {(external is null ? "not given" : "given")}; "
                    + $"expected tables with the model's features, "
                    + $"{(old.External.Count > 0 ? string.Join(", ", old.External) : "which are none")}. Change that.");
        if (external is null && arguments.GetResult(_externalLag) is { Implicit: false })
            throw new BadUsageException("--external-lag: given without --external-periods; expected features of periods. Leave it out.");
        if (external is not null && _external.HasPeriods(arguments) && arguments.GetValue(_externalLag) < _options.Horizon(arguments))
            console.Note("The features of periods are those of "
                + (arguments.GetValue(_externalLag) == 0
                    ? "the period that is forecast" : "periods that are not known yet when the forecast is made")
                + ": right where they are known before, as holidays are. For what is measured give --external-lag "
                + $"{_options.Horizon(arguments)}.");
        return external;
    }

    MapWindowSpec Window(ParseResult arguments, HeatmapSpec spec, ArchitectureSettings settings) => new()
    {
        Lags = _options.Architecture(arguments).Lags(settings, _options.Window(arguments), _options.Horizon(arguments)),
        Channels = spec.Kinds.Classes,
        BinaryThreshold = _options.Maps(arguments) == MapValues.Binary ? 1 : null,
    };
}
