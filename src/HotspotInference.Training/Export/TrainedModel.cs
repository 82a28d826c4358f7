using HotspotInference.Features;
using HotspotInference.Forecasts;
using HotspotInference.Heatmaps;
using HotspotInference.Onnx;
using HotspotInference.Periods;
using HotspotInference.Prediction;
using HotspotInference.Training.Architectures;
using HotspotInference.Training.Data;

namespace HotspotInference.Training.Export;

/// <summary>A trained network as ONNX.</summary>
static class TrainedModel
{
    // Risk is nearly proportional to what is added to the logit's power: the second round is for what is left.
    const int LevelRounds = 2;

    /// <summary>
    /// Writes a network with its present weights: <c>maps</c>, and <c>history</c>, <c>calendar</c> and <c>external</c> where the metadata
    /// name their features, in,
    /// <c>risk</c> out, and <c>intensity</c> and <c>kind</c> where the objective has them. Where the network carries a state, one step: the
    /// newest map and <c>state</c> in, <c>next_state</c> out besides.
    /// </summary>
    /// <param name="network">The network, in <c>eval</c> mode.</param>
    /// <param name="objective">What its logits mean.</param>
    /// <param name="metadata">
    /// What the model says of itself, but for the grids that it takes and its state, which the network knows.
    /// </param>
    public static OnnxGraphBuilder Build(Network network, Objective objective, ModelMetadata metadata)
    {
        NetworkShape shape = network.Shape;
        metadata = metadata with
        {
            Grid = metadata.FixedBatch is null ? network.Grid : GridMode.Fixed,
            StateChannels = network.StateChannels,
            Calibration = objective.Calibration(metadata.Classes),
        };
        bool isFixed = metadata.Grid == GridMode.Fixed;
        OnnxDimension batch = metadata.FixedBatch is { } size ? size : "batch", row = isFixed ? shape.Rows : "row",
            column = isFixed ? shape.Columns : "column";
        var graph = new OnnxGraphBuilder(metadata.Architecture) { Description = $"{metadata.Architecture} '{metadata.Name}'." };
        OnnxValue maps = graph.Input("maps", batch, metadata.IsStreaming ? 1 : shape.Steps, shape.Channels, row, column);
        OnnxValue? history = metadata.Features.History is { } rates ? graph.Input("history", batch, rates.FeatureCount, row, column)
            : null;
        OnnxValue? calendar = metadata.Features.Calendar is { } days ? graph.Input("calendar", batch, days.Features.Count) : null;
        OnnxValue? external = metadata.External.Count > 0
            ? ExternalSamples.Export(graph, graph.Input("external", batch, metadata.External.Count, row, column), metadata.External) : null;
        var inputs = new GraphInputs(maps, history, calendar, external);
        OnnxValue? next = null;
        OnnxValue logits = !metadata.IsStreaming
            ? network.Export(graph, inputs)
            : Step(graph.Input("state", batch, network.StateChannels, row, column));
        (OnnxValue risk, OnnxValue? intensity) = objective.Export(graph, logits);
        graph.Output("risk", risk, batch, shape.Classes, row, column);
        if (intensity is not null)
            graph.Output("intensity", intensity, batch, shape.Classes, row, column);
        if (objective.ExportKind(graph, logits) is { } kind)
            graph.Output("kind", kind, batch, metadata.Heatmaps.Kinds.Groups.Count, row, column);
        if (next is not null)
            graph.Output("next_state", next, batch, network.StateChannels, row, column);
        graph.Metadata[ModelMetadata.Key] = metadata.ToJson();
        return graph;

        OnnxValue Step(OnnxValue state)
        {
            (OnnxValue logits, next) = network.ExportStep(graph, inputs, state);
            return logits;
        }
    }

    /// <summary>
    /// Writes a network with the thresholds that its validation span gives, then fitted to that span too where it can be.
    /// </summary>
    /// <param name="network">The network, in <c>eval</c> mode; it is refitted.</param>
    /// <param name="objective">What its logits mean.</param>
    /// <param name="metadata">What the model says of itself, but for the grids that it takes and the thresholds.</param>
    /// <param name="series">Heat maps up to the end of the validation span, not filled.</param>
    /// <param name="validation">The validation span; null for none.</param>
    /// <param name="rule">How thresholds are chosen on it; <see cref="ThresholdRule.Default"/> where null.</param>
    /// <param name="external">The external features that the network sees; null for none.</param>
    /// <param name="cancellationToken">Stops the validation.</param>
    /// <returns>The model, and what validation found; null where there is no span.</returns>
    public static (OnnxGraphBuilder Graph, ModelValidation? Validation) Build(Network network, Objective objective, ModelMetadata metadata,
        HeatmapSeries series, PeriodRange? validation, ThresholdRule? rule, ExternalFeatures? external = null,
        CancellationToken cancellationToken = default)
    {
        OnnxGraphBuilder graph = Build(network, objective, metadata);
        if (validation is not { } span)
            return (graph, null);
        ModelValidation found = Validate();
        // The level was fitted to windows; a state that has run on for longer has another.
        for (int round = 0; round < LevelRounds && network.StateChannels > 0; round++)
        {
            network.ShiftLogits(
                [.. found.Calibration.Select((ratio, c) => ratio is > 0 && objective.HasLevel(c) ? -Math.Log(ratio.Value) : 0)]);
            graph = Build(network, objective, metadata);
            found = Validate();
        }
        network.Refit();
        return (Build(network, objective, metadata with { Thresholds = found.Thresholds, Selection = found.Selection }), found);

        ModelValidation Validate()
        {
            using var predictor = HotspotPredictor.Load(graph.ToArray());
            return ModelValidation.Run(predictor, series, span, rule, external, cancellationToken);
        }
    }
}
