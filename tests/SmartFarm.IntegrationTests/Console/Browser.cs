using Microsoft.Playwright;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.IntegrationTests.Console;

/// <summary>What one test sees of chromium: tabs with profiles of their own, and their complaints; skips the test with a sentence when it is not installed.</summary>
public sealed class Browser : IAsyncDisposable
{
    private readonly IBrowser _chromium;
    private readonly List<IBrowserContext> _profiles = [];

    private Browser(IBrowser chromium) => _chromium = chromium;

    public static async Task<Browser> StartAsync()
    {
        Assert.SkipUnless(Chromium.IsInstalled, "chromium is not installed: the web page is not looked at. On Debian: apt-get install chromium.");
        return new Browser(await Chromium.GetAsync());
    }

    /// <summary>A fresh tab of a given size and colour scheme.</summary>
    public async Task<IPage> OpenAsync(Uri url, int width = 1400, int height = 900, bool dark = false)
    {
        var context = await _chromium.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
        });
        _profiles.Add(context);
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(45_000);
        page.Console += (_, message) => Note(page, message.Type is "error" or "warning" ? message.Text : null);
        page.PageError += (_, error) => Note(page, error);
        await page.GotoAsync(url.ToString(), new PageGotoOptions { WaitUntil = WaitUntilState.DOMContentLoaded });
        return page;
    }

    /// <summary>What any page complained of: violations of the content security policy, errors of scripts, missing files.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>Writes a picture of the page to <c>artifacts/{name}.png</c> of the checkout and returns its path.</summary>
    public static async Task<string> ScreenshotAsync(IPage page, string name, bool fullPage = true)
    {
        var path = Path.Combine(Directory.CreateDirectory(Repository.PathOf("artifacts")).FullName, name + ".png");
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = path, FullPage = fullPage });
        return path;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var profile in _profiles)
        {
            await profile.DisposeAsync();
        }
    }

    private void Note(IPage page, string? complaint)
    {
        if (complaint is not null)
        {
            lock (Complaints)
            {
                Complaints.Add($"{page.Url}: {complaint}");
            }
        }
    }
}
