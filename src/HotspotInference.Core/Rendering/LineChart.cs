using System.Globalization;
using System.Net;
using System.Text;

namespace HotspotInference.Rendering;

/// <summary>
/// Lines over two axes, drawn as SVG. The colours are those of Okabe and Ito (2008), told apart with every kind of colour vision; where
/// there are more lines than colours they are dashed too. Immutable.
/// </summary>
public sealed record LineChart
{
    const int PlotWidth = 400, PlotHeight = 300, Left = 64, Top = 34, Bottom = 52, Gap = 20, LegendSample = 38, LegendLine = 20,
        LetterWidth = 8, Ticks = 5;

    // Without the yellow, which is too pale for a line on white.
    static readonly string[] s_colors = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"];
    static readonly int[] s_steps = [1, 2, 5, 10];
    static readonly string[] s_dashes = ["", "7 3", "2 3"];

    /// <summary>What stands above it.</summary>
    public required string Title { get; init; }

    /// <summary>What the horizontal axis shows, with its unit.</summary>
    public required string XTitle { get; init; }

    /// <summary>What the vertical axis shows, with its unit.</summary>
    public required string YTitle { get; init; }

    /// <summary>The lines, in the order of the legend.</summary>
    public required IReadOnlyList<LineChartSeries> Series { get; init; }

    /// <summary>The .NET number format of the horizontal axis.</summary>
    public string XFormat { get; init; } = "G4";

    /// <summary>The .NET number format of the vertical axis.</summary>
    public string YFormat { get; init; } = "G4";

    /// <summary>Whether horizontal values are whole numbers.</summary>
    public bool HasWholeX { get; init; }

    /// <summary>Whether points are marked, so that a single one is seen.</summary>
    public bool HasMarkers { get; init; }

    /// <summary>Draws charts side by side, two in a row, with the legend of the first.</summary>
    /// <param name="charts">The charts, at least one; all with the same lines in the same order.</param>
    /// <returns>An SVG document.</returns>
    /// <exception cref="ArgumentException">There is no chart.</exception>
    public static string Svg(params IReadOnlyList<LineChart> charts)
    {
        ArgumentNullException.ThrowIfNull(charts);
        if (charts.Count == 0)
            throw new ArgumentException("No chart; expected at least one.", nameof(charts));
        int columns = Math.Min(2, charts.Count), lines = (charts.Count + columns - 1) / columns, panelWidth = Left + PlotWidth + Gap,
            panelHeight = Top + PlotHeight + Bottom;
        int width = columns * panelWidth + LegendSample + LetterWidth * charts[0].Series.Select(series => series.Name.Length)
            .DefaultIfEmpty().Max(), height = Math.Max(lines * panelHeight, Top + LegendLine * (charts[0].Series.Count + 1));
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" ");
        svg.Append(CultureInfo.InvariantCulture,
            $"viewBox=\"0 0 {width} {height}\" role=\"img\" font-family=\"sans-serif\" font-size=\"12\">\n");
        svg.Append(CultureInfo.InvariantCulture,
            $"<title>{Escaped(charts[0].Title)}</title>\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        for (int i = 0; i < charts.Count; i++)
        {
            svg.Append(CultureInfo.InvariantCulture,
                $"<g transform=\"translate({i % columns * panelWidth + Left} {i / columns * panelHeight + Top})\">\n");
            charts[i].Draw(svg);
            svg.Append("</g>\n");
        }
        svg.Append(CultureInfo.InvariantCulture, $"<g transform=\"translate({columns * panelWidth} {Top})\">\n");
        for (int i = 0; i < charts[0].Series.Count; i++)
        {
            int y = LegendLine * i + LegendLine / 2;
            svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M0 {y}H30\" {Stroke(i, charts[0].Series[i])}/>");
            svg.Append(CultureInfo.InvariantCulture,
                $"<text x=\"{LegendSample}\" y=\"{y + 4}\">{Escaped(charts[0].Series[i].Name)}</text>\n");
        }
        return svg.Append("</g>\n</svg>\n").ToString();
    }

    void Draw(StringBuilder svg)
    {
        (double X, double Y)[] all = [.. Series.SelectMany(series => series.Points).DefaultIfEmpty()];
        double[] xTicks = NiceTicks(all.Min(point => point.X), all.Max(point => point.X), HasWholeX ? 1 : 0);
        double[] yTicks = NiceTicks(all.Min(point => point.Y), all.Max(point => point.Y), 0);
        double X(double x) => PlotWidth * (x - xTicks[0]) / (xTicks[^1] - xTicks[0]);
        double Y(double y) => PlotHeight * (yTicks[^1] - y) / (yTicks[^1] - yTicks[0]);
        Text(PlotWidth / 2, -12, "middle", Title, " font-weight=\"bold\"");
        foreach (double tick in yTicks)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M0 {Y(tick):F1}H{PlotWidth}\" stroke=\"#ddd\"/>");
            Text(-6, Y(tick) + 4, "end", tick.ToString(YFormat, CultureInfo.InvariantCulture));
        }
        foreach (double tick in xTicks)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{X(tick):F1} {PlotHeight}v5\" stroke=\"#888\"/>");
            Text(X(tick), PlotHeight + 19, "middle", tick.ToString(XFormat, CultureInfo.InvariantCulture));
        }
        svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M0 0V{PlotHeight}H{PlotWidth}\" fill=\"none\" stroke=\"#888\"/>\n");
        Text(PlotWidth / 2, PlotHeight + 38, "middle", XTitle);
        Text(0, 0, "middle", YTitle, FormattableString.Invariant($" transform=\"translate({16 - Left} {PlotHeight / 2}) rotate(-90)\""));
        // The first lie on top.
        for (int i = Series.Count - 1; i >= 0; i--)
        {
            IEnumerable<string> path = Series[i].Points.Select(point =>
                string.Create(CultureInfo.InvariantCulture, $"{X(point.X):F1},{Y(point.Y):F1}"));
            if (!Series[i].IsDots)
                svg.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{string.Join(' ', path)}\" {Stroke(i, Series[i])}/>\n");
            foreach ((double x, double y) in HasMarkers || Series[i].IsDots ? Series[i].Points : [])
                svg.Append(CultureInfo.InvariantCulture,
                    $"<circle cx=\"{X(x):F1}\" cy=\"{Y(y):F1}\" r=\"2.5\" fill=\"{s_colors[i % s_colors.Length]}\"/>\n");
        }

        void Text(double x, double y, string anchor, string text, string more = "") =>
            svg.Append(CultureInfo.InvariantCulture,
                $"<text x=\"{x:F1}\" y=\"{y:F1}\" text-anchor=\"{anchor}\"{more}>{Escaped(text)}</text>\n");
    }

    static string Stroke(int index, LineChartSeries series)
    {
        string dash = s_dashes[index / s_colors.Length % s_dashes.Length];
        return string.Create(CultureInfo.InvariantCulture,
            $"fill=\"none\" stroke=\"{s_colors[index % s_colors.Length]}\" stroke-width=\"{(series.IsStrong ? 3 : 1.5)}\"")
            + (dash.Length == 0 ? "" : $" stroke-dasharray=\"{dash}\"");
    }

    // From the multiple of 1, 2 or 5 times a power of ten at or below the lowest to that at or above the highest.
    static double[] NiceTicks(double low, double high, double minimumStep)
    {
        double range = high > low ? high - low : Math.Max(Math.Abs(high), 1), rough = range / Ticks,
            power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = rough < minimumStep ? minimumStep : power * s_steps.First(factor => factor * power >= rough * (1 - 1e-9));
        double first = Math.Floor(low / step + 1e-9), last = Math.Ceiling(high / step - 1e-9);
        return [.. Enumerable.Range(0, (int)Math.Max(1, last - first) + 1).Select(i => (first + i) * step)];
    }

    static string Escaped(string text) => WebUtility.HtmlEncode(text);
}
