using System.Globalization;
using HotspotInference.Trends;

namespace HotspotInference.Rendering;

/// <summary>
/// Draws the patterns of a trend analysis as a PNG: north up, true to scale in metres, a colour a pattern, cells without incidents white, a
/// legend of the patterns met and how many cells show each, and a scale bar. Thread-safe.
/// </summary>
public static class TrendMapImage
{
    const int Margin = 28;
    const int TitleScale = 3;
    const int TextScale = 2;
    const int LineHeight = 26;
    const int SwatchSize = 16;
    const int Indent = 26;
    const int LegendGap = 24;
    const int FooterGap = 20;

    static readonly Color s_ink = new(34, 34, 34);
    static readonly Color s_faint = new(110, 110, 110);

    /// <summary>Draws an analysis.</summary>
    /// <param name="stream">Receives the PNG.</param>
    /// <param name="analysis">The analysis.</param>
    /// <param name="mapPixels">The longer side of the map itself in pixels, 100..4000.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is out of range.</exception>
    public static void WritePng(Stream stream, TrendAnalysis analysis, int mapPixels = 800)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(analysis);
        ArgumentOutOfRangeException.ThrowIfLessThan(mapPixels, 100);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(mapPixels, 4000);
        MapFrame frame = RiskMapImage.FrameOf(analysis.Grid, mapPixels);
        string title = $"Trends of {analysis.Class}", subtitle = Subtitle(analysis);
        TrendPattern[] met = [.. Enum.GetValues<TrendPattern>().Where(pattern => analysis.CountOf(pattern) > 0)];
        string[] legend = [.. met.Select(pattern => string.Create(CultureInfo.InvariantCulture,
            $"{TrendPatterns.NameOf(pattern)} {analysis.CountOf(pattern)}"))];
        int legendLeft = frame.Left + frame.Width + LegendGap, body = Math.Max(frame.Height, LineHeight * met.Length);
        int width = new[]
        {
            Margin + BitmapFont.Measure(title, TitleScale), Margin + BitmapFont.Measure(subtitle, TextScale),
            legendLeft + Indent + legend.Max(text => BitmapFont.Measure(text, TextScale)),
        }.Max() + Margin;
        var canvas = new Canvas(width, frame.Top + body + FooterGap + LineHeight + Margin);
        canvas.Text(title, Margin, Margin, TitleScale, s_ink);
        canvas.Text(subtitle, Margin, Margin + 36, TextScale, s_faint);
        DrawCells(canvas, frame, analysis);
        canvas.Frame(frame.Left - 1, frame.Top - 1, frame.Width + 2, frame.Height + 2, 1, s_ink);
        for (int i = 0; i < met.Length; i++)
        {
            int top = frame.Top + i * LineHeight;
            canvas.Fill(legendLeft, top, SwatchSize, SwatchSize, TrendPalette.Of(met[i]));
            canvas.Frame(legendLeft, top, SwatchSize, SwatchSize, 1, s_ink);
            canvas.Text(legend[i], legendLeft + Indent, top + 1, TextScale, s_ink);
        }
        RiskMapImage.DrawScaleBar(canvas, frame, frame.Top + body + FooterGap);
        canvas.WritePng(stream);
    }

    static void DrawCells(Canvas canvas, MapFrame frame, TrendAnalysis analysis)
    {
        for (int cell = 0; cell < analysis.Patterns.Length; cell++)
        {
            if (!analysis.IsAnalysed[cell])
                continue;
            (int row, int column) = Math.DivRem(cell, frame.Grid.Columns);
            (int left, int top) = (frame.X(column), frame.Y(row));
            canvas.Fill(left, top, frame.X(column + 1) - left, frame.Y(row + 1) - top, TrendPalette.Of(analysis.Patterns[cell]));
        }
    }

    static string Subtitle(TrendAnalysis analysis) => string.Create(CultureInfo.InvariantCulture,
        $"{analysis.Steps[0].First:yyyy-MM-dd} to {analysis.Steps[^1].End.AddDays(-1):yyyy-MM-dd}, "
        + $"{analysis.Steps.Count} steps of {analysis.Options.Step}");
}
