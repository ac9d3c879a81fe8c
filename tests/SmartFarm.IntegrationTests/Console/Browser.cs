using Microsoft.Playwright;
using SmartFarm.Testing;
using SmartFarm.Testing.Servers;
using Xunit;

namespace SmartFarm.IntegrationTests.Console;

/// <summary>Debian's chromium, without a window, with a profile of its own; skips the test with a sentence when it is not installed.</summary>
public sealed class Browser : IAsyncDisposable
{
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    public static async Task<Browser> StartAsync()
    {
        if (Programs.Find("chromium") is not { } chromium)
        {
            Assert.Skip("chromium is not installed: the web page is not looked at. On Debian: apt-get install chromium.");
            return null!;
        }

        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        return new Browser(playwright, browser);
    }

    /// <summary>A fresh tab of a given size and colour scheme.</summary>
    public async Task<IPage> OpenAsync(Uri url, int width = 1400, int height = 900, bool dark = false)
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
        });
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
        await _browser.DisposeAsync();
        _playwright.Dispose();
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
