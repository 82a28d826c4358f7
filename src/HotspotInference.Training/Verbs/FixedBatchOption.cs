using System.CommandLine;
using System.Globalization;
using HotspotInference.Cli.Options;

namespace HotspotInference.Training.Verbs;

/// <summary><c>--fixed-batch</c>: all sizes of the model are fixed.</summary>
static class FixedBatchOption
{
    const string Name = "--fixed-batch";

    public static Option<int?> Create() => new ParsedOption<int?>(Name, "N",
        "Write the model for this batch and its own grid only, so that ONNX Runtime knows all sizes when it loads it.", text =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int batch) && batch >= 1 ? batch
            : throw new HotspotException("batch", $"'{text}'", "a whole number of at least 1", "Give 1 for one city at a time."));
}
