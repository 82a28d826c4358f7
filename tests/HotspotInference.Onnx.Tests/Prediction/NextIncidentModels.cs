using HotspotInference.Features;
using HotspotInference.Grids;
using HotspotInference.Heatmaps;
using HotspotInference.Prediction;

namespace HotspotInference.Onnx.Tests.Prediction;

/// <summary>Models that say the next incident will be where the last one was, half sure of it.</summary>
static class NextIncidentModels
{
    public const int Steps = 3, Rows = 3, Columns = 4, Cells = Rows * Columns;

    public static ModelMetadata Metadata { get; } = new()
    {
        Architecture = "last-place",
        Name = "last place",
        Heatmaps = new HeatmapSpec { Grid = new GridSpec(new GeoBounds(0, 0, 0.03, 0.04), Rows, Columns) },
        Features = new FeatureSpec(),
        Events = new EventSpec { Steps = Steps },
        Classes = ["any"],
        Grid = GridMode.Fixed,
        HistoryFrom = new DateOnly(2020, 1, 1),
        Training = new DaySpan(new DateOnly(2020, 1, 1), new DateOnly(2020, 2, 29)),
    };

    /// <summary>Any part of the contract may be broken on request.</summary>
    public static OnnxGraphBuilder Graph(ModelMetadata? metadata = null, string output = "next", int steps = Steps, int features = 4,
        bool withRisk = false)
    {
        var graph = new OnnxGraphBuilder("last-place");
        OnnxValue last = graph.Gather(graph.Input("events", "batch", steps, features), steps - 1, 1);
        OnnxValue index = graph.Node("Cast", [graph.Add(graph.Mul(graph.Gather(last, 0, 1), graph.Scalar(Columns)), graph.Gather(last, 1, 1))],
            OnnxAttribute.Of("to", 7));
        OnnxValue place = graph.Node("OneHot", [index, graph.Index(Cells), graph.Constant("off_on", [0.5f / (Cells - 1), 0.5f], 2)]);
        OnnxValue map = graph.Reshape(place, graph.Integers(-1, Rows, Columns));
        if (withRisk)
            graph.Output("risk", graph.Reshape(map, graph.Integers(-1, 1, Rows, Columns)), "batch", 1, Rows, Columns);
        graph.Output(output, map, "batch", Rows, Columns);
        graph.Metadata[ModelMetadata.Key] = (metadata ?? Metadata).ToJson();
        return graph;
    }

    /// <summary>An incident in the middle of a cell.</summary>
    public static Incident At(DateTime time, int row, int column) => new(time, 0.01 * (Rows - row - 0.5), 0.01 * (column + 0.5));
}
