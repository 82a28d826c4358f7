using System.Globalization;
using System.Text.RegularExpressions;
using HotspotInference.Forecasts;
using Microsoft.Playwright;

namespace HotspotInference.Browser.Tests;

public sealed partial class MapPageTests(Chromium chromium, MapCity city)
{
    const int AnyClass = 2;

    [Fact]
    public async Task Page_opens_without_a_complaint_and_fetches_nothing()
    {
        await using OpenPage page = await chromium.OpenAsync(city.Map);

        await page.SlideAsync("#time", 3);
        await page.Page.Mouse.MoveAsync(500, 400);
        await page.Page.SelectOptionAsync("#mode", "levels");

        Assert.Empty(page.Complaints);
        Assert.Empty(page.Fetched);
    }

    [Fact]
    public async Task Page_begins_with_the_forecast_behind_the_last_incident()
    {
        await using OpenPage page = await chromium.OpenAsync(city.Map);

        Assert.Equal("Fri 2020-08-28 (forecast)", await page.TextAsync("#when"));
        Assert.EndsWith("What happens is not known yet.", await page.TextAsync("#scores"), StringComparison.Ordinal);
        await AssertValuesAsync(page, MapCity.FirstDay.AddDays(MapCity.Days));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(42)]
    public async Task Slider_shows_the_values_that_the_library_forecasts(int day)
    {
        await using OpenPage page = await chromium.OpenAsync(city.Map);

        await page.SlideAsync("#time", day);

        Assert.Contains(MapCity.FirstDay.AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), await page.TextAsync("#when"),
            StringComparison.Ordinal);
        await AssertValuesAsync(page, MapCity.FirstDay.AddDays(day));
    }

    [Theory]
    [InlineData(80)]
    [InlineData(95)]
    [InlineData(97.3)]
    public async Task Hit_rate_and_coverage_at_a_percentile_are_those_of_the_library(double percentile)
    {
        await using OpenPage page = await chromium.OpenAsync(city.Map);

        await page.SlideAsync("#percentile", percentile);

        Assert.Equal(Judge(forecast => forecast.Hotspots(
            RiskThreshold.OfPeriod(forecast.RiskMap("any").Span, percentile))), Numbers(await page.TextAsync("#scores-all")));
    }

    [Fact]
    public async Task Hit_rate_at_the_models_threshold_is_that_of_its_hotspots()
    {
        await using OpenPage page = await chromium.OpenAsync(city.Map);

        await page.Page.SelectOptionAsync("#source", "stored");
        Assert.Equal("96", await page.TextAsync("#percentile-value"));
        Assert.Equal(Judge(forecast => forecast.Hotspots(96)), Numbers(await page.TextAsync("#scores-all")));

        // One step to the left: the next percentile that the model has stored.
        await page.Page.Locator("#percentile").PressAsync("ArrowLeft");
        Assert.Equal(Judge(forecast => forecast.Hotspots(95)), Numbers(await page.TextAsync("#scores-all")));
    }

    [Fact]
    public async Task Hits_are_those_that_evaluate_counts_where_it_flags_as_many_cells()
    {
        const double Coverage = 0.05;
        var grid = city.Predictor.Heatmaps.Grid;
        var scorer = new Evaluation.ForecastScorer(grid, ["any"], Evaluation.ScoringOptions.Default with { Coverages = [Coverage], BootstrapDraws = 0 });
        foreach (DateOnly day in Days())
            scorer.Add(city.Forecast(day).RiskMap("any").Span, city.Actual(day, AnyClass));
        Evaluation.ForecasterScore score = scorer.Score("model");
        await using OpenPage page = await chromium.OpenAsync(city.Map);

        // The lowest of the slider's percentiles that leaves 8 of 168 cells above it.
        Assert.Equal(8, score.FlaggedCells[Coverage]);
        await page.SlideAsync("#percentile", 95.3);

        (int hits, int events, double coverage) = Numbers(await page.TextAsync("#scores-all"));
        Assert.Equal(Math.Round(100.0 * 8 / grid.CellCount, 2), coverage);
        Assert.Equal(score.Classes["any"].HitRate[Coverage]!.Value.Value, (double)hits / events, 1e-12);
    }

    [Fact]
    public async Task Kind_selector_shows_and_scores_the_class()
    {
        await using OpenPage page = await chromium.OpenAsync(city.Map);
        await page.SlideAsync("#time", 5);
        string before = await page.TextAsync("#scores-all");

        await page.Page.SelectOptionAsync("#class", "1");
        // The class has to be unpacked first.
        ILocator scores = page.Page.Locator("#scores-all");
        await Assertions.Expect(scores).Not.ToHaveTextAsync(before, new LocatorAssertionsToHaveTextOptions { UseInnerText = true });
        await Assertions.Expect(scores).ToContainTextAsync("hit rate");

        Assert.Equal(Judge(forecast => forecast.Hotspots(
            RiskThreshold.OfPeriod(forecast.RiskMap("assault").Span, 96), "assault"), classIndex: 1), Numbers(await page.TextAsync("#scores-all")));
        await AssertValuesAsync(page, MapCity.FirstDay.AddDays(5), "assault", 1);
    }

    [Fact]
    public async Task Week_sums_incidents_and_chances_and_says_why_it_has_no_hit_rate()
    {
        await using OpenPage page = await chromium.OpenAsync(city.Map);

        await page.Page.SelectOptionAsync("#granularity", "week");
        await page.SlideAsync("#time", 2);

        // 2020-07-27 is a Monday.
        DateOnly[] days = [.. Enumerable.Range(0, 7).Select(i => new DateOnly(2020, 7, 27).AddDays(i))];
        Assert.Equal("2020-07-27 to 2020-08-02", await page.TextAsync("#when"));
        Assert.Contains("No hit rate: each day was forecast from what lay before it", await page.TextAsync("#scores"), StringComparison.Ordinal);
        await page.Page.Locator("#list button").First.ClickAsync();
        IReadOnlyList<string> lines = await page.ChosenAsync();
        (int row, int column) = Place(lines[0]);
        int cell = row * MapCity.Columns + column;
        double none = days.Aggregate(1.0, (product, day) => product * (1 - city.Forecast(day).RiskMap("any").Span[cell]));
        AssertPercent(1 - none, lines[2]);
        Assert.StartsWith(days.Sum(day => city.Actual(day, AnyClass)[cell]).ToString(CultureInfo.InvariantCulture) + " incident", lines[4],
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hover_tells_the_cell_under_the_pointer_with_its_past()
    {
        await using OpenPage page = await chromium.OpenAsync(city.Map);
        await page.SlideAsync("#time", 30);

        (float x, float y) = await page.PointOfAsync(6, 4);
        await page.Page.Mouse.MoveAsync(x, y);

        string text = await page.TextAsync("#hover");
        Assert.Contains("row 6, column 4", text, StringComparison.Ordinal);
        Assert.Contains("31 periods from 2020-07-16: risk up to", text, StringComparison.Ordinal);
        AssertPercent(city.Forecast(MapCity.FirstDay.AddDays(30)).RiskMap("any").Span[6 * MapCity.Columns + 4], text.Split('\n')[2]);
        // The sparkline's line is drawn: its colour is on the canvas.
        Assert.True(await page.Page.Locator("#hover canvas").EvaluateAsync<bool>("""
            canvas => {
              const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
              for (let i = 0; i < pixels.length; i += 4)
                if (pixels[i] === 183 && pixels[i + 1] === 55 && pixels[i + 2] === 121)
                  return true;
              return false;
            }
            """));
        await page.Page.Mouse.MoveAsync(x, 5);
        Assert.False(await page.Page.Locator("#hover").IsVisibleAsync());
    }

    [Fact]
    public async Task Keyboard_steps_plays_thresholds_and_chooses_cells()
    {
        await using OpenPage page = await chromium.OpenAsync(city.Map);
        IKeyboard keys = page.Page.Keyboard;

        await keys.PressAsync("Home");
        Assert.Equal("Thu 2020-07-16", await page.TextAsync("#when"));
        await keys.PressAsync(".");
        Assert.Equal("Fri 2020-07-17", await page.TextAsync("#when"));
        await keys.PressAsync("p");
        await Assertions.Expect(page.Page.Locator("#when")).ToHaveTextAsync("Sun 2020-07-19");
        await keys.PressAsync("p");
        Assert.Equal("Play", await page.TextAsync("#play"));
        await keys.PressAsync("]");
        Assert.Equal("96.1", await page.TextAsync("#percentile-value"));
        await keys.PressAsync("c");
        (int row, int column) = Place((await page.ChosenAsync())[0]);
        await keys.PressAsync("Shift+ArrowUp");
        await keys.PressAsync("Shift+ArrowLeft");
        Assert.Equal((row - 1, column - 1), Place((await page.ChosenAsync())[0]));
        await keys.PressAsync("Escape");
        Assert.False(await page.Page.Locator("#chosen").IsVisibleAsync());
        await keys.PressAsync("i");
        Assert.False(await page.Page.Locator("#incidents").IsCheckedAsync());
    }

    [Fact]
    public async Task List_zooms_to_a_hot_cell_and_chooses_it()
    {
        await using OpenPage page = await chromium.OpenAsync(city.Map);
        string scale = await page.TextAsync(".leaflet-control-scale-line");

        await page.Page.Locator("#list button").Nth(2).ClickAsync();

        Assert.Equal(Place(await page.Page.Locator("#list button").Nth(2).InnerTextAsync()), Place((await page.ChosenAsync())[0]));
        Assert.NotEqual(scale, await page.TextAsync(".leaflet-control-scale-line"));
    }

    [Fact]
    public async Task Dark_colours_follow_the_system_until_the_reader_chooses()
    {
        await using OpenPage page = await chromium.OpenAsync(city.Map, ColorScheme.Dark);
        ILocatorAssertions body = Assertions.Expect(page.Page.Locator("body"));
        const string Light = "rgb(255, 255, 255)", Dark = "rgb(17, 22, 28)";

        await body.ToHaveCSSAsync("background-color", Dark);
        await page.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Light });
        await body.ToHaveCSSAsync("background-color", Light);
        await page.Page.Keyboard.PressAsync("d");
        await body.ToHaveCSSAsync("background-color", Dark);
        await page.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
        await page.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Light });
        // The change is told with the next frame.
        await page.Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        await body.ToHaveCSSAsync("background-color", Dark);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Names_from_data_stay_text()
    {
        await using OpenPage page = await chromium.OpenAsync(city.Map);

        Assert.Equal(MapCity.Breakout, await page.TextAsync("#title"));
        Assert.Equal(MapCity.Breakout, await page.Page.TitleAsync());
        Assert.Contains(MapCity.Breakout, await page.Page.Locator("#kinds span").AllInnerTextsAsync());
        Assert.Equal("<b>t", await page.Page.Locator("#class option").First.InnerTextAsync());
        Assert.Equal(0, await page.Page.Locator("img[src=x], #class b").CountAsync());
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Map_without_a_model_shows_incidents_alone()
    {
        await using OpenPage page = await chromium.OpenAsync(city.IncidentMap);
        await page.SlideAsync("#time", 3);

        Assert.Equal("2020-01-20 to 2020-01-26", await page.TextAsync("#when"));
        int there = city.All.Count(incident => incident.Time >= new DateTime(2020, 1, 20) && incident.Time < new DateTime(2020, 1, 27));
        int shown = int.Parse((await page.TextAsync("#incident-count")).Split(' ')[0], CultureInfo.InvariantCulture);
        // At most 1% of all lie outside the area that was suggested.
        Assert.InRange(shown, there - city.All.Count / 100, there);
        Assert.Equal("Cells with most incidents", await page.TextAsync("#hot-section h2"));
        Assert.False(await page.Page.Locator("#percentile").IsVisibleAsync());
        Assert.Contains("Weeks are not summed to months", await page.TextAsync("#granularity-note"), StringComparison.Ordinal);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Animation_of_forecasts_is_one_that_a_browser_plays()
    {
        using var stream = new MemoryStream();
        HotspotForecast[] forecasts = [.. Days().Take(3).Select(city.Forecast)];
        Rendering.RiskMapAnimation.WritePng(stream, forecasts, options: new Rendering.RiskMapOptions { ClassName = "any", MapPixels = 100 }, millisecondsPerFrame: 250);
        await using OpenPage page = await chromium.OpenAsync(city.IncidentMap);

        int[] found = await page.Page.EvaluateAsync<int[]>("""
            async text => {
              const decoder = new ImageDecoder({ type: 'image/png', data: Uint8Array.from(atob(text), letter => letter.charCodeAt(0)) });
              await decoder.tracks.ready;
              await decoder.completed;
              const { frameCount, animated } = decoder.tracks.selectedTrack, { image } = await decoder.decode({ frameIndex: 2 });
              return [frameCount, animated ? 1 : 0, image.duration / 1000];
            }
            """, Convert.ToBase64String(stream.ToArray()));

        Assert.Equal([3, 1, 250], found);
    }

    // Some cells over the whole map, the four corners among them.
    async Task AssertValuesAsync(OpenPage page, DateOnly day, string className = "any", int classIndex = AnyClass)
    {
        HotspotForecast forecast = city.Forecast(day);
        RiskLevels levels = forecast.Levels(className, RiskLevels.DefaultPercentiles);
        float[] actual = city.Actual(day, classIndex), risk = forecast.RiskMap(className).Span.ToArray();
        await page.Page.SelectOptionAsync("#source", "stored");
        foreach (int cell in (int[])[0, MapCity.Columns - 1, 83, 97, risk.Length - MapCity.Columns, risk.Length - 1, Array.IndexOf(risk, risk.Max())])
        {
            (int row, int column) = Math.DivRem(cell, MapCity.Columns);
            (float x, float y) = await page.PointOfAsync(row, column);
            await page.Page.Mouse.ClickAsync(x, y);
            IReadOnlyList<string> lines = await page.ChosenAsync();
            Assert.Equal($"cell {cell}: row {row}, column {column}", lines[0]);
            AssertPercent(risk[cell], lines[2]);
            Assert.StartsWith($"{RiskLevels.NameOf(levels[row, column])}, rank {1 + risk.Count(other => other > risk[cell])} of", lines[3],
                StringComparison.Ordinal);
            if (day < MapCity.FirstDay.AddDays(MapCity.Days))
                Assert.StartsWith($"{actual[cell]} incident", lines[4], StringComparison.Ordinal);
        }
    }

    // Three digits are shown; codes are off by at most half a step of 0.025%.
    static void AssertPercent(double expected, string line)
    {
        double shown = double.Parse(line.Split('%')[0], CultureInfo.InvariantCulture) / 100;
        Assert.Equal(1, shown / expected, 0.006);
    }

    (int Hits, int Events, double Coverage) Judge(Func<HotspotForecast, HotspotSelection> select, int classIndex = AnyClass)
    {
        int hits = 0, events = 0;
        double hot = 0, cells = 0;
        foreach (DateOnly day in Days())
        {
            HotspotSelection selection = select(city.Forecast(day));
            float[] actual = city.Actual(day, classIndex);
            hits += (int)selection.Cells.Sum(cell => actual[cell.Row * MapCity.Columns + cell.Column]);
            events += (int)actual.Sum();
            (hot, cells) = (hot + selection.Cells.Count, cells + selection.CellsConsidered);
        }
        return (hits, events, Math.Round(100 * hot / cells, 2, MidpointRounding.AwayFromZero));
    }

    static IEnumerable<DateOnly> Days() => Enumerable.Range(0, MapCity.Days).Select(i => MapCity.FirstDay.AddDays(i));

    static (int Hits, int Events, double Coverage) Numbers(string text)
    {
        Match match = ScoreText().Match(text);
        Assert.True(match.Success, text);
        return (Number(1), Number(2), double.Parse(match.Groups[3].Value, CultureInfo.InvariantCulture));
        int Number(int group) => int.Parse(match.Groups[group].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
    }

    static (int Row, int Column) Place(string text)
    {
        Match match = PlaceText().Match(text);
        return (int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"\(([\d,]+) of ([\d,]+) incidents?\) in ([\d.]+)% of the area")]
    private static partial Regex ScoreText();

    [GeneratedRegex(@"row (\d+), column (\d+)")]
    private static partial Regex PlaceText();
}
