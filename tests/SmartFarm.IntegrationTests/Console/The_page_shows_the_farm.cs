using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SmartFarm.Console;
using SmartFarm.Domain.Quantities;
using SmartFarm.Pipeline.State;
using SmartFarm.Testing.ConsoleHost;
using Xunit;

namespace SmartFarm.IntegrationTests.Console;

/// <summary>The console as an operator sees it: a real browser on a real server.</summary>
public sealed class The_page_shows_the_farm
{
    private const float Patience = 45_000;
    private static readonly ConsoleOptions Options = new() { Title = "Turkestan <i>greenhouse</i> complex" };

    [Theory]
    [InlineData("wide-light", 1400, 900, false)]
    [InlineData("wide-dark", 1400, 900, true)]
    [InlineData("phone-light", 390, 844, false)]
    [InlineData("phone-dark", 375, 667, true)]
    [InlineData("wall-dark", 2560, 1440, true)]
    public async Task Every_state_is_shown_without_complaint_on_any_screen(string name, int width, int height, bool dark)
    {
        await using var browser = await Browser.StartAsync();
        await using var server = await ConsoleServer.StartAsync(SampleFarm.At(TimeProvider.System.GetUtcNow()), TimeProvider.System, Options);
        var page = await browser.OpenAsync(server.Url, width, height, dark);

        await page.Locator("polyline.line").First.WaitForAsync();
        await page.Locator("#balance:has-text('balanced')").WaitForAsync();
        await Browser.ScreenshotAsync(page, "console-" + name);

        Assert.Equal("Turkestan <i>greenhouse</i> complex", await page.TitleAsync());
        Assert.Equal("<b onmouseover=alert(1)>Hostile & Co</b>", await page.Locator("[data-zone='turkestan-1/gh4'] h3").TextContentAsync());
        Assert.Contains("<script>alert(1)</script>", await page.Locator("[data-stage=failed]").InnerTextAsync());
        Assert.Equal(0, await page.Locator("main b[onmouseover], main script").CountAsync());
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "The page is wider than the screen.");
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task A_value_and_its_age_move_without_a_reload_and_a_stale_one_says_so()
    {
        await using var browser = await Browser.StartAsync();
        var farm = new MovableFarm { Now = [Zone(21.5, fresh: true)] };
        await using var server = await ConsoleServer.StartAsync(farm, TimeProvider.System, Options);
        var page = await browser.OpenAsync(server.Url);
        var value = page.Locator("[data-quantity=air_temperature].value");

        await Expect(value.Locator(".number"), "21.5");
        await page.EvaluateAsync("window.sameDocument = true");
        await Assertions.Expect(value.Locator(".age")).ToHaveTextAsync(new Regex("[3-9] s ago", RegexOptions.None, TimeSpan.FromSeconds(1)), new() { Timeout = Patience });

        farm.Now = [Zone(24.8, fresh: true)];
        await Expect(value.Locator(".number"), "24.8");
        Assert.Equal("true", await value.GetAttributeAsync("data-fresh"));
        Assert.DoesNotContain("stale", await value.InnerTextAsync());

        farm.Now = [Zone(24.8, fresh: false)];
        await Expect(value.Locator(".age"), "stale");
        await Expect(page.Locator("#worst"), "Greenhouse 1: Stale");
        Assert.Equal("false", await value.GetAttributeAsync("data-fresh"));
        Assert.True(await page.EvaluateAsync<bool>("window.sameDocument === true"), "The page was reloaded.");
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task A_lost_connection_is_said_and_found_again()
    {
        await using var browser = await Browser.StartAsync();
        var farm = new MovableFarm { Now = [Zone(21.5, fresh: true)] };
        var server = await ConsoleServer.StartAsync(farm, TimeProvider.System, Options);
        var page = await browser.OpenAsync(server.Url);
        await Expect(page.Locator("#connection"), "Live");
        await Expect(page.Locator("[data-quantity=air_temperature] .number"), "21.5");

        await server.DisposeAsync();
        await Expect(page.Locator("#banner"), "No news from the worker");
        await Expect(page.Locator("[data-quantity=air_temperature] .age"), "stale");
        await Expect(page.Locator("#worst"), "Not known now");
        await Browser.ScreenshotAsync(page, "console-lost");

        farm.Now = [Zone(26.1, fresh: true)];
        await using var again = await ConsoleServer.StartAsync(farm, TimeProvider.System, Options, server.Url.Port);
        await Expect(page.Locator("[data-quantity=air_temperature] .number"), "26.1");
        await Expect(page.Locator("#worst"), "All well");
        Assert.False(await page.Locator("#banner").IsVisibleAsync());
    }

    [Fact]
    public async Task An_empty_farm_says_what_to_do()
    {
        await using var browser = await Browser.StartAsync();
        await using var server = await ConsoleServer.StartAsync(new MovableFarm(), TimeProvider.System, Options);
        var page = await browser.OpenAsync(server.Url, 390, 844);

        await Expect(page.Locator("#zones"), "farm.yaml");
        await Browser.ScreenshotAsync(page, "console-empty");
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task A_store_that_fails_is_said_while_the_last_picture_stays()
    {
        await using var browser = await Browser.StartAsync();
        var farm = new MovableFarm { Now = [Zone(21.5, fresh: true)] };
        await using var server = await ConsoleServer.StartAsync(farm, TimeProvider.System, Options);
        var page = await browser.OpenAsync(server.Url);
        await Expect(page.Locator("[data-quantity=air_temperature] .number"), "21.5");

        farm.Fault = new IOException("disk");
        await Expect(page.Locator("#banner"), "command ledger cannot be read");

        farm.Fault = null;
        await page.Locator("#banner").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Hidden });
        await Expect(page.Locator("[data-quantity=air_temperature] .number"), "21.5");
    }

    [Fact]
    public async Task The_chart_reads_the_value_under_the_pointer()
    {
        await using var browser = await Browser.StartAsync();
        await using var server = await ConsoleServer.StartAsync(SampleFarm.At(TimeProvider.System.GetUtcNow()), TimeProvider.System, Options);
        var page = await browser.OpenAsync(server.Url);
        var chart = page.Locator(".panel[data-quantity=air_temperature]");
        await chart.Locator("polyline.line").First.WaitForAsync();
        Assert.Equal(2, await chart.Locator("polyline.line").CountAsync());
        var frame = (await chart.Locator("svg").BoundingBoxAsync())!;
        foreach (var line in await chart.Locator("polyline.line").AllAsync())
        {
            var box = (await line.BoundingBoxAsync())!;
            Assert.True(box.Width > 100 && box.X >= frame.X && box.X + box.Width <= frame.X + frame.Width && box.Y >= frame.Y && box.Y + box.Height <= frame.Y + frame.Height);
        }

        await chart.Locator("svg").HoverAsync(new LocatorHoverOptions { Position = new Position { X = 200, Y = 80 } });

        await Expect(chart.Locator("output"), "°C · ");
        Assert.Equal("visible", await chart.Locator(".cursor").GetAttributeAsync("visibility"));
    }

    private static Task Expect(ILocator locator, string text) => Assertions.Expect(locator).ToContainTextAsync(text, new() { Timeout = Patience });

    private static ZoneView Zone(double temperature, bool fresh)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        return new ZoneView(
            "s1", "gh1", "Greenhouse 1", "tomato", [SampleFarm.Value(Quantities.AirTemperature, temperature, now, fresh)], 1,
            [new DeviceView("climate-1", now, fresh, true)], []);
    }
}
