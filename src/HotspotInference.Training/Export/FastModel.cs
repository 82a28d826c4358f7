using HotspotInference.Cli.Terminal;
using HotspotInference.Forecasts;
using HotspotInference.Heatmaps;
using HotspotInference.Onnx.Quantization;

namespace HotspotInference.Training.Export;

/// <summary>The model of eight bits in place of the one in full precision.</summary>
static class FastModel
{
    /// <summary>Overwrites a model where eight bits forecast the validation days as well; otherwise it stays, with a warning.</summary>
    /// <param name="file">The model's file.</param>
    /// <param name="model">Its content.</param>
    /// <param name="series">Heat maps up to the end of the validation days, not filled.</param>
    /// <param name="rule">How thresholds are chosen; the default where null.</param>
    /// <param name="console">Gets what became of it.</param>
    /// <param name="cancellationToken">Stops the work; the model in full precision is there then.</param>
    public static void Write(string file, ReadOnlyMemory<byte> model, HeatmapSeries series, ThresholdRule? rule,
        VerbConsole console, CancellationToken cancellationToken)
    {
        QuantizedModel fast = QuantizedModel.Run(model, series, new QuantizedModelOptions { ThresholdRule = rule },
            cancellationToken: cancellationToken);
        if (fast.Failure is { } failure)
        {
            console.Warning($"--precision fast: {failure}. {file} is the model in full precision.");
            return;
        }
        fast.Save(file);
        foreach (QuantizedScore score in fast.Scores)
            console.Note($"Eight bits, class {score}.");
    }
}
