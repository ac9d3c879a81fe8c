using Microsoft.Playwright;
using SmartFarm.IntegrationTests.Console;
using SmartFarm.Testing.Servers;
using Xunit;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace SmartFarm.IntegrationTests.Console;

/// <summary>Debian's chromium, without a window: started for the first test that looks at a page, ended after the last test.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private static readonly Lazy<Task<(IPlaywright Playwright, IBrowser Browser)>> s_running = new(StartAsync);

    public static bool IsInstalled => Programs.Find("chromium") is not null;

    public static async Task<IBrowser> GetAsync() => (await s_running.Value).Browser;

    public async ValueTask DisposeAsync()
    {
        if (s_running.IsValueCreated)
        {
            var (playwright, browser) = await s_running.Value;
            await browser.DisposeAsync();
            playwright.Dispose();
        }
    }

    private static async Task<(IPlaywright Playwright, IBrowser Browser)> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Programs.Find("chromium"),
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        return (playwright, browser);
    }
}
