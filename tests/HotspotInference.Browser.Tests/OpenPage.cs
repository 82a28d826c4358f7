using System.Globalization;
using Microsoft.Playwright;

namespace HotspotInference.Browser.Tests;

/// <summary>A map in the browser, with everything that it complained of or tried to fetch.</summary>
public sealed class OpenPage : IAsyncDisposable
{
    readonly List<string> _complaints = [];
    readonly List<string> _requests = [];

    public OpenPage(IPage page)
    {
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                _complaints.Add(message.Text);
        };
        page.PageError += (_, error) => _complaints.Add(error);
        page.Request += (_, request) => _requests.Add(request.Url);
        page.Dialog += (_, dialog) =>
        {
            _complaints.Add($"dialog: {dialog.Message}");
            _ = dialog.DismissAsync();
        };
    }

    public IPage Page { get; }

    /// <summary>Errors and warnings of the console, exceptions, and dialogs.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    /// <summary>What it fetched beside the file itself.</summary>
    public IEnumerable<string> Fetched => _requests.Skip(1).Where(url => !url.StartsWith("data:", StringComparison.Ordinal)
        && !url.StartsWith("blob:", StringComparison.Ordinal));

    public Task<string> TextAsync(string selector) => Page.Locator(selector).InnerTextAsync();

    /// <summary>Moves a slider as a hand would, to a value.</summary>
    public Task SlideAsync(string selector, double value) => Page.Locator(selector).FillAsync(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>What the box of the chosen cell says, in lines.</summary>
    public async Task<IReadOnlyList<string>> ChosenAsync() => await Page.Locator("#chosen .lines div").AllInnerTextsAsync();

    /// <summary>The middle of a cell on the screen, while the map is where it was at first: the whole area fitted into it.</summary>
    public async Task<(float X, float Y)> PointOfAsync(int row, int column)
    {
        // The layer knows where its edges are; a user sees them.
        double[] point = await Page.EvaluateAsync<double[]>("""
            ([row, column]) => {
              const map = document.getElementById('map').getBoundingClientRect(), layer = window.hotspotMap.layer;
              return [map.x + (layer.x[column] + layer.x[column + 1]) / 2, map.y + (layer.y[row] + layer.y[row + 1]) / 2];
            }
            """, new[] { row, column });
        return ((float)point[0], (float)point[1]);
    }

    public async ValueTask DisposeAsync() => await Page.CloseAsync();
}
