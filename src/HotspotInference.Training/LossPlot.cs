using HotspotInference.Rendering;

namespace HotspotInference.Training;

/// <summary>The losses of a training as a picture.</summary>
static class LossPlot
{
    /// <summary>Draws training and validation loss by epoch.</summary>
    /// <returns>An SVG document.</returns>
    public static string Svg(IReadOnlyList<EpochLog> epochs)
    {
        return LineChart.Svg(new LineChart
        {
            Title = "Loss by epoch",
            XTitle = "epoch",
            YTitle = "loss",
            HasWholeX = true,
            HasMarkers = true,
            Series = [Line("training", epoch => epoch.TrainingLoss), Line("validation", epoch => epoch.ValidationLoss)],
        });

        LineChartSeries Line(string name, Func<EpochLog, double?> loss) =>
            new(name, [.. epochs.Where(epoch => loss(epoch) is { } value && double.IsFinite(value))
                .Select(epoch => ((double)epoch.Epoch, loss(epoch)!.Value))]);
    }
}
