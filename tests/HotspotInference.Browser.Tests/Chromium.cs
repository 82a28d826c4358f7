using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(HotspotInference.Browser.Tests.Chromium))]

namespace HotspotInference.Browser.Tests;

/// <summary>
/// One headless Chromium for all tests: the system's, since Playwright's own is a download that not every machine can make.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    const string Variable = "HOTSPOT_CHROMIUM";

    static readonly string[] s_names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge", "chrome.exe"];

    IPlaywright? _playwright;
    IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Find(),
            // As root, and in containers, it has no sandbox; it opens nothing but what the tests wrote.
            Args = ["--no-sandbox", "--disable-gpu"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <summary>Opens a file as a user would, and waits until the map says that all is computed.</summary>
    public async Task<OpenPage> OpenAsync(string file, ColorScheme colors = ColorScheme.Light)
    {
        IPage page = await _browser!.NewPageAsync(new BrowserNewPageOptions
        {
            ColorScheme = colors,
            ViewportSize = new ViewportSize { Width = 1280, Height = 800 },
        });
        var open = new OpenPage(page);
        await page.GotoAsync(new Uri(file).AbsoluteUri);
        await page.WaitForSelectorAsync("body[data-ready=true]", new PageWaitForSelectorOptions { State = WaitForSelectorState.Attached });
        return open;
    }

    static string Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
            return given;
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return s_names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("No Chromium on the PATH, and without one the pages are not tested. Install it (Debian: "
                + $"apt-get install chromium; ./test.sh does so as root), or name an executable in {Variable}.");
    }
}
