using HotspotInference.Forecasts;

namespace HotspotInference.Rendering;

/// <summary>Draws the risk maps of several periods as one animated PNG on one scale of colours. Thread-safe.</summary>
public static class RiskMapAnimation
{
    /// <summary>Draws one class of several forecasts, each as <see cref="RiskMapImage"/> does.</summary>
    /// <param name="stream">Receives the animated PNG; what knows no animation shows the first period.</param>
    /// <param name="forecasts">The forecasts in the order of showing, at least one, all on grids of one shape.</param>
    /// <param name="hotspots">The cells to outline of each; none where null.</param>
    /// <param name="incidents">
    /// What happened: those within a forecast's period are drawn on its map, and counted where there are any.
    /// </param>
    /// <param name="options">How it looks; the scale is by default the first round number that reaches the highest risk of all.</param>
    /// <param name="millisecondsPerFrame">How long each period is shown, 1..65535.</param>
    /// <exception cref="HotspotException">A forecast lacks the class.</exception>
    /// <exception cref="ArgumentException">
    /// There is no forecast, there are not as many selections, or the options are out of range.
    /// </exception>
    public static void WritePng(Stream stream, IReadOnlyList<HotspotForecast> forecasts, IReadOnlyList<HotspotSelection>? hotspots = null,
        IReadOnlyCollection<Incident>? incidents = null, RiskMapOptions? options = null, int millisecondsPerFrame = 500)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(forecasts);
        ArgumentOutOfRangeException.ThrowIfLessThan(millisecondsPerFrame, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(millisecondsPerFrame, ushort.MaxValue);
        if (forecasts.Count == 0)
            throw new ArgumentException("No forecast; expected at least one.", nameof(forecasts));
        if (hotspots is not null && hotspots.Count != forecasts.Count)
            throw new ArgumentException(
                $"{hotspots.Count} selections; expected one for each of {forecasts.Count} forecasts.", nameof(hotspots));
        options ??= new RiskMapOptions();
        string className = options.ClassName ?? hotspots?[0].Class ?? forecasts[0].DefaultClass;
        double highest = forecasts.Max(forecast => RiskMapImage.Highest(forecast.RiskMap(className).Span));
        options = options with { ClassName = className, ScaleMaximum = options.ScaleMaximum ?? RiskScale.For(highest, null).Maximum };
        // The width of the text beneath differs; all frames have to be as large as the largest.
        Canvas[] frames = [.. forecasts.Select((forecast, i) =>
            RiskMapImage.Draw(forecast, hotspots?[i], Happened(forecast, incidents), options))];
        (int width, int height) = (frames.Max(frame => frame.Width), frames.Max(frame => frame.Height));
        PngWriter.WriteAnimation(stream, frames.Select(frame => frame.Padded(width, height)), frames.Length, millisecondsPerFrame);
    }

    // A period that is still to come has no count of zero.
    static Incident[]? Happened(HotspotForecast forecast, IReadOnlyCollection<Incident>? incidents) =>
        incidents?.Where(incident => incident.Time >= forecast.PeriodStart && incident.Time < forecast.PeriodEnd).ToArray()
            is { Length: > 0 } happened ? happened : null;
}
