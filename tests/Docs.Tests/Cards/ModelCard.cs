using System.Globalization;
using System.Text.RegularExpressions;
using HotspotInference.Onnx.Protos;
using HotspotInference.Prediction;

namespace HotspotInference.Docs.Tests.Cards;

/// <summary>A shipped model and its card.</summary>
sealed partial class ModelCard
{
    const string Begin = "<!-- Facts, written by tests/Docs.Tests from the file. -->\n", End = "<!-- -->\n";

    // What is no weight: numbers of formulas, the first step's copy of a part of a kernel, levels of the whole.
    static readonly string[] s_noWeights = ["class_weight_shift", "count_ratio", "floor", "bias"];

    public ModelCard(string model)
    {
        string path = Path.Combine(Repository.Root, "onnx", model + ".onnx");
        CardPath = Path.ChangeExtension(path, ".md");
        Name = model;
        Model = File.ReadAllBytes(path);
        using var predictor = HotspotPredictor.Load(Model);
        Metadata = predictor.Metadata;
        Text = File.Exists(CardPath) ? File.ReadAllText(CardPath) : "";
    }

    /// <summary>All in onnx/.</summary>
    public static TheoryData<string> Models =>
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "onnx"), "*.onnx").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    public string Name { get; }

    public string CardPath { get; }

    public byte[] Model { get; }

    public ModelMetadata Metadata { get; }

    public string Text { get; private set; }

    /// <summary>The bold words that paragraphs begin with, and what follows up to the next.</summary>
    public IReadOnlyDictionary<string, string> Sections => SectionStart().Matches(Text)
        .ToDictionary(start => start.Groups[1].Value, start => Text[start.Index..(SectionStart().Match(Text, start.Index + start.Length) is { Success: true } next ? next.Index : Text.Length)]);

    /// <summary>The table of facts that stands in the card; empty where there is none.</summary>
    public string Facts => Text.IndexOf(Begin, StringComparison.Ordinal) is var begin and >= 0
        ? Text[(begin + Begin.Length)..Text.IndexOf(End, begin + Begin.Length, StringComparison.Ordinal)] : "";

    /// <summary>Puts facts in the place of those that stand there.</summary>
    public void Write(string facts)
    {
        int begin = Text.IndexOf(Begin, StringComparison.Ordinal);
        string before = begin >= 0 ? Text[..begin] : Text.TrimEnd('\n') + "\n\n**Facts**\n\n";
        Text = before + Begin + facts + End;
        File.WriteAllText(CardPath, Text);
    }

    /// <summary>What the file says of itself, as a table.</summary>
    public string FactsOfModel()
    {
        ModelProto proto = ModelProto.Parser.ParseFrom(Model);
        (string, string)[] rows =
        [
            ("file", $"`{Name}.onnx`, {Number(Model.Length)} bytes"),
            ("name, architecture", $"{Metadata.Name}, `{Metadata.Architecture}`"),
            ("inputs", string.Join(", ", proto.Graph.Input.Select(input => $"`{input.Name}`"))),
            ("outputs", string.Join(", ", proto.Graph.Output.Select(output => $"`{output.Name}`"))),
            ("window", Metadata.Features.Maps is { } window ? $"{window.Lags.Count} maps" : "none"),
            ("rates a cell", Number(Metadata.Features.History?.FeatureCount ?? 0)),
            ("weights", Number(Weights(proto))),
            ("grid", $"{Metadata.Heatmaps.Grid}; forecasts on {(Metadata.Grid == GridMode.Any ? "any" : "this one alone")}"),
            ("period, horizon", $"{Metadata.Heatmaps.Cadence}, {Metadata.Horizon}"),
            ("classes", string.Join(", ", Metadata.Classes)),
            ("time zone", Metadata.TimeZone ?? "none"),
            ("history from", Day(Metadata.HistoryFrom)),
            ("learnt", $"{Metadata.Training}"),
            ("validation", $"{Metadata.Validation}"),
            ("left out", Metadata.Heatmaps.ExcludedDays is { IsEmpty: false } days ? $"{days}" : "no days"),
            ("seed", Metadata.Seed?.ToString(CultureInfo.InvariantCulture) ?? "nothing random"),
        ];
        return "| | |\n|---|---|\n" + string.Concat(rows.Select(row => $"| {row.Item1} | {row.Item2} |\n"));
    }

    /// <summary>Learnt numbers: of the network, the mixture and the day factor.</summary>
    public static long Weights(ModelProto model) => model.Graph.Initializer
        .Where(tensor => tensor.DataType == TensorProto.Types.DataType.Float && !s_noWeights.Contains(tensor.Name) && !tensor.Name.StartsWith("number_", StringComparison.Ordinal)
            && !tensor.Name.EndsWith("_input_kernel", StringComparison.Ordinal))
        .Sum(tensor => tensor.Dims.Aggregate(1L, (size, dimension) => size * dimension));

    static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "no limit";

    [GeneratedRegex(@"(?m)^\*\*([A-Z][A-Za-z ]*?)\.?\*\*")]
    private static partial Regex SectionStart();
}
