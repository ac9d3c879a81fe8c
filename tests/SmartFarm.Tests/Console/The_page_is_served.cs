using System.Net;
using System.Net.Http.Headers;
using SmartFarm.Console;
using SmartFarm.Testing;
using SmartFarm.Testing.ConsoleHost;
using Xunit;

namespace SmartFarm.Tests.Console;

public sealed class The_page_is_served : IAsyncLifetime
{
    private ConsoleServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await ConsoleServer.StartAsync(
        new MovableFarm(), new TestTimeProvider(), new ConsoleOptions { Title = "</title><script>alert(\"1\")</script>" });

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task With_a_hostile_title_escaped()
    {
        var html = await _server.Http.GetStringAsync("");

        Assert.Contains("<title>&lt;/title&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;</title>", html);
        Assert.DoesNotContain("alert(\"1\")", html);
        Assert.DoesNotContain("{{", html);
    }

    [Theory]
    [InlineData("", "text/html")]
    [InlineData("console/main.js", "text/javascript")]
    [InlineData("console/base.css", "text/css")]
    [InlineData("console/favicon.svg", "image/svg+xml")]
    public async Task With_type_policy_and_tag_and_only_once(string path, string type)
    {
        var first = await _server.Http.GetAsync(path);
        Assert.Equal(type, first.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("default-src 'self';", first.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("nosniff", first.Headers.GetValues("X-Content-Type-Options").Single());

        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.IfNoneMatch.Add(new EntityTagHeaderValue(first.Headers.ETag!.Tag));
        var second = await _server.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Empty(await second.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("console/nothing.js")]
    [InlineData("console/..%2findex.html")]
    [InlineData("console/ConsoleSetup.cs")]
    public async Task And_nothing_else(string path) => Assert.Equal(HttpStatusCode.NotFound, (await _server.Http.GetAsync(path)).StatusCode);

    [Fact]
    public void Without_inline_scripts_styles_markup_from_text_or_addresses_of_the_internet()
    {
        foreach (var file in Directory.GetFiles(Repository.PathOf("src", "SmartFarm.Console", "Page", "web")))
        {
            var text = File.ReadAllText(file).Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal);
            foreach (var banned in new[] { "<style", "style=\"", "onclick", "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "http://", "https://", "//cdn" })
            {
                Assert.False(text.Contains(banned, StringComparison.Ordinal), $"{Path.GetFileName(file)} holds '{banned}'.");
            }
        }
    }
}
