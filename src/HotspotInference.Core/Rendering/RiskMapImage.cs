using System.Globalization;
using HotspotInference.Forecasts;
using HotspotInference.Incidents;

namespace HotspotInference.Rendering;

/// <summary>
/// Draws a risk map as a PNG: north up, true to scale in metres, with a colour scale in probabilities, a scale bar, outlined
/// hot cells and the incidents that happened as black dots at their own coordinates. Thread-safe.
/// </summary>
public static class RiskMapImage
{
    const int Margin = 28;
    const int TitleScale = 3;
    const int TextScale = 2;
    const int LineHeight = 26;
    const int TitleHeight = 74;
    const int BarWidth = 22;
    const int BarGap = 24;
    const int BarLabels = 96;
    const int FooterGap = 20;
    const int Indent = 24;
    const double DotRadius = 3.5;
    const double HaloRadius = 5;

    static readonly Color s_ink = new(34, 34, 34);
    static readonly Color s_faint = new(110, 110, 110);
    static readonly Color s_outline = new(0, 140, 186);

    /// <summary>Draws one class of a forecast.</summary>
    /// <param name="stream">Receives the PNG.</param>
    /// <param name="forecast">The forecast.</param>
    /// <param name="hotspots">Cells to outline; none where null.</param>
    /// <param name="incidents">What happened: those within the forecast's period are drawn, of whatever kind; none where null.</param>
    /// <param name="options">How it looks.</param>
    /// <exception cref="HotspotException">There is no such class.</exception>
    /// <exception cref="ArgumentException">The hot cells are of another class, or the size or the scale is out of range.</exception>
    public static void WritePng(Stream stream, HotspotForecast forecast, HotspotSelection? hotspots = null,
        IEnumerable<Incident>? incidents = null, RiskMapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(forecast);
        Draw(forecast, hotspots, incidents, options ?? new RiskMapOptions()).WritePng(stream);
    }

    /// <summary>Where the map lies in the picture.</summary>
    internal static MapFrame FrameOf(GridSpec grid, int mapPixels)
    {
        double scale = mapPixels / Math.Max(grid.Bounds.WidthMeters, grid.Bounds.HeightMeters);
        return new MapFrame(grid, Margin, Margin + TitleHeight,
            Math.Max(1, (int)Math.Round(grid.Bounds.WidthMeters * scale)), Math.Max(1, (int)Math.Round(grid.Bounds.HeightMeters * scale)));
    }

    internal static Canvas Draw(HotspotForecast forecast, HotspotSelection? hotspots, IEnumerable<Incident>? incidents,
        RiskMapOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MapPixels, 100, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MapPixels, 4000, nameof(options));
        if (options.ScaleMaximum is { } maximum && !(maximum is > 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(options), maximum, "Expected a scale maximum above 0 and up to 1.");
        string className = options.ClassName ?? hotspots?.Class ?? forecast.DefaultClass;
        if (hotspots is not null && hotspots.Class != className)
            throw new ArgumentException($"Hot cells of class '{hotspots.Class}'; expected the class drawn, '{className}'.",
                nameof(hotspots));
        ReadOnlySpan<float> risk = forecast.RiskMap(className).Span;
        RiskScale scale = RiskScale.For(Highest(risk), options.ScaleMaximum);
        MapFrame frame = FrameOf(forecast.Grid, options.MapPixels);
        string title = options.Title ?? (className == KindEncoding.AnyClass ? "Incident risk" : $"Risk of {className}");
        string subtitle = Subtitle(forecast);
        (Incident[] inside, int outside) = Happened(forecast, incidents ?? []);
        string tally = incidents is null ? "" : Tally(inside.Length, outside);
        string legend = hotspots is null ? "" : Legend(hotspots);

        int[] widths =
        [
            Margin + BitmapFont.Measure(title, TitleScale), Margin + BitmapFont.Measure(subtitle, TextScale),
            Margin + Indent + BitmapFont.Measure(tally, TextScale), Margin + Indent + BitmapFont.Measure(legend, TextScale),
            frame.Left + frame.Width + BarGap + BarWidth + BarLabels - Margin,
        ];
        var canvas = new Canvas(widths.Max() + Margin,
            frame.Top + BodyHeight(frame) + FooterGap + LineHeight * 3 + Margin);
        canvas.Text(title, Margin, Margin, TitleScale, s_ink);
        canvas.Text(subtitle, Margin, Margin + 36, TextScale, s_faint);
        DrawRisk(canvas, frame, risk, scale, options.Smooth);
        if (hotspots is not null)
            DrawOutlines(canvas, frame, hotspots);
        DrawIncidents(canvas, frame, inside);
        canvas.Frame(frame.Left - 1, frame.Top - 1, frame.Width + 2, frame.Height + 2, 1, s_ink);
        DrawScale(canvas, frame, scale);
        DrawFooter(canvas, frame, tally, legend);
        return canvas;
    }

    static void DrawRisk(Canvas canvas, MapFrame frame, ReadOnlySpan<float> risk, RiskScale scale, bool smooth)
    {
        (int rows, int columns) = (frame.Grid.Rows, frame.Grid.Columns);
        // As fine as the picture's pixels; their values are read at their centres.
        int factor = smooth ? Math.Max(1, (int)Math.Ceiling(Math.Max((double)frame.Height / rows, (double)frame.Width / columns))) : 1;
        ReadOnlySpan<float> map = BilinearUpsampling.Upsample(risk, rows, columns, factor);
        (int height, int width) = (rows * factor, columns * factor);
        for (int y = 0; y < frame.Height; y++)
        {
            ReadOnlySpan<float> line = map.Slice((int)((y + 0.5) * height / frame.Height) * width, width);
            for (int x = 0; x < frame.Width; x++)
                canvas[frame.Left + x, frame.Top + y] = RiskPalette.At(line[(int)((x + 0.5) * width / frame.Width)] / scale.Maximum);
        }
    }

    static void DrawOutlines(Canvas canvas, MapFrame frame, HotspotSelection hotspots)
    {
        const int Thickness = 2;
        var hot = hotspots.Cells.Select(cell => (cell.Row, cell.Column)).ToHashSet();
        foreach ((int row, int column) in hot)
        {
            (int left, int right) = (frame.X(column), frame.X(column + 1));
            (int top, int bottom) = (frame.Y(row), frame.Y(row + 1));
            if (!hot.Contains((row - 1, column)))
                canvas.Fill(left, top, right - left, Thickness, s_outline);
            if (!hot.Contains((row + 1, column)))
                canvas.Fill(left, bottom - Thickness, right - left, Thickness, s_outline);
            if (!hot.Contains((row, column - 1)))
                canvas.Fill(left, top, Thickness, bottom - top, s_outline);
            if (!hot.Contains((row, column + 1)))
                canvas.Fill(right - Thickness, top, Thickness, bottom - top, s_outline);
        }
    }

    static void DrawIncidents(Canvas canvas, MapFrame frame, Incident[] inside)
    {
        // All halos first, so that none covers a neighbour's dot.
        foreach ((double radius, Color color) in new[] { (HaloRadius, Color.White), (DotRadius, Color.Black) })
        {
            foreach (Incident incident in inside)
            {
                (double x, double y) = frame.Point(incident.Latitude, incident.Longitude);
                canvas.Disc(x, y, radius, color);
            }
        }
    }

    static void DrawScale(Canvas canvas, MapFrame frame, RiskScale scale)
    {
        int left = frame.Left + frame.Width + BarGap, top = frame.Top + LineHeight, height = Math.Min(BodyHeight(frame) - LineHeight, 360);
        canvas.Text("risk", left, frame.Top, TextScale, s_ink);
        for (int y = 0; y < height; y++)
            canvas.Fill(left, top + y, BarWidth, 1, RiskPalette.At(1 - (y + 0.5) / height));
        canvas.Frame(left - 1, top - 1, BarWidth + 2, height + 2, 1, s_ink);
        foreach (double tick in scale.Ticks())
        {
            int y = top + (int)Math.Round((1 - tick / scale.Maximum) * (height - 1));
            canvas.Fill(left + BarWidth, y, 6, 1, s_ink);
            canvas.Text(scale.Label(tick), left + BarWidth + 12, y - BitmapFont.Height * TextScale / 2, TextScale, s_ink);
        }
    }

    static void DrawFooter(Canvas canvas, MapFrame frame, string tally, string legend)
    {
        int y = frame.Top + BodyHeight(frame) + FooterGap;
        DrawScaleBar(canvas, frame, y);
        if (tally.Length > 0)
        {
            y += LineHeight;
            canvas.Disc(Margin + 7, y + 7, DotRadius, Color.Black);
            canvas.Text(tally, Margin + Indent, y, TextScale, s_ink);
        }
        if (legend.Length > 0)
        {
            y += LineHeight;
            canvas.Frame(Margin, y, 14, 14, 2, s_outline);
            canvas.Text(legend, Margin + Indent, y, TextScale, s_ink);
        }
    }

    internal static void DrawScaleBar(Canvas canvas, MapFrame frame, int y)
    {
        // The longest round number of metres within a third of the map.
        double pixelsPerMeter = frame.Width / frame.Grid.Bounds.WidthMeters, limit = frame.Width / 3.0 / pixelsPerMeter;
        double power = Math.Pow(10, Math.Floor(Math.Log10(limit)));
        double meters = power * (limit / power >= 5 ? 5 : limit / power >= 2 ? 2 : 1);
        int width = Math.Max(1, (int)Math.Round(meters * pixelsPerMeter));
        canvas.Fill(Margin, y + 5, width, 4, s_ink);
        canvas.Fill(Margin, y, 2, 14, s_ink);
        canvas.Fill(Margin + width - 2, y, 2, 14, s_ink);
        canvas.Text(string.Create(CultureInfo.InvariantCulture, $"{meters / 1000} km"), Margin + width + 10, y, TextScale, s_ink);
    }

    // A flat map still leaves room for the colour scale beside it.
    static int BodyHeight(MapFrame frame) => Math.Max(frame.Height, 180);

    internal static float Highest(ReadOnlySpan<float> risk)
    {
        float highest = 0;
        foreach (float value in risk)
            highest = Math.Max(highest, value);
        return highest;
    }

    static (Incident[] Inside, int Outside) Happened(HotspotForecast forecast, IEnumerable<Incident> incidents)
    {
        Incident[] happened = [.. incidents.Where(incident => incident.Time >= forecast.PeriodStart && incident.Time < forecast.PeriodEnd)];
        Incident[] inside = [.. happened.Where(incident => forecast.Grid.Bounds.Contains(incident.Latitude, incident.Longitude))];
        return (inside, happened.Length - inside.Length);
    }

    static string Subtitle(HotspotForecast forecast)
    {
        (DateTime start, DateTime end) = (forecast.PeriodStart, forecast.PeriodEnd);
        string period = start.TimeOfDay == TimeSpan.Zero && end == start.AddDays(1)
            ? start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{start:yyyy-MM-dd HH:mm} to {end:yyyy-MM-dd HH:mm}");
        return forecast.Horizon == 1 ? period : string.Create(CultureInfo.InvariantCulture, $"{period}, {forecast.Horizon} periods ahead");
    }

    static string Tally(int inside, int outside) => string.Create(CultureInfo.InvariantCulture,
        $"{inside} {(inside == 1 ? "incident" : "incidents")}{(outside == 0 ? "" : $", {outside} more outside the area")}");

    static string Legend(HotspotSelection hotspots)
    {
        RiskThreshold threshold = hotspots.Threshold;
        string origin = threshold.Percentile is { } percentile
            ? $" (percentile {Percentiles.Name(percentile)}, {threshold.Source.ToString().ToLowerInvariant()})"
            : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"{hotspots.Cells.Count} hot cells ({100 * hotspots.Coverage:F1}%), risk above {threshold.Value:G3}{origin}");
    }
}
