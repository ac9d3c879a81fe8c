using System.Net;
using System.Text.Json;
using SmartFarm.Console;
using SmartFarm.Testing;
using SmartFarm.Testing.ConsoleHost;
using Xunit;

namespace SmartFarm.Tests.Console;

public sealed class Bad_queries_are_refused
{
    private const string Good = "api/readings?site=s1&zone=gh1&quantity=co2";

    [Theory]
    [InlineData("api/commands?limit=0", "'limit' must be a whole number from 1 to 500.")]
    [InlineData("api/commands?limit=501", "'limit' must be")]
    [InlineData("api/commands?limit=ten", "'limit' must be")]
    [InlineData("api/quarantine?limit=101", "'limit' must be a whole number from 1 to 100.")]
    [InlineData("api/quarantine?reason=UnknownDevice", "'reason' must be one of: bad_packet, ")]
    [InlineData("api/readings", "'quantity' is missing")]
    [InlineData("api/readings?quantity=co2", "'site' is missing")]
    [InlineData("api/readings?quantity=co2&site=s1", "'zone' is missing")]
    [InlineData("api/readings?quantity=colour&site=s1&zone=gh1", "'quantity' must be one of: air_temperature, ")]
    [InlineData("api/readings?quantity=co2&site=s1&zone=a'%20or%20'1", "'zone' must be a name")]
    [InlineData(Good + "&device=A", "'device' must be a name")]
    [InlineData(Good + "&from=yesterday", "'from' must be a time with its offset")]
    [InlineData(Good + "&from=2026-11-22T08:00:00", "'from' must be a time with its offset")]
    [InlineData(Good + "&from=2026-11-22T08:00:00Z&to=2026-11-22T08:00:00Z", "'from' must be before 'to'.")]
    [InlineData(Good + "&step=0s", "'step' must be a length of time")]
    [InlineData(Good + "&step=5", "'step' must be a length of time")]
    [InlineData(Good + "&step=s", "'step' must be a length of time")]
    [InlineData(Good + "&step=-5m", "'step' must be a length of time")]
    [InlineData(Good + "&step=1s", "more than 5000 steps")]
    [InlineData(Good + "&step=raw&from=2026-11-20T08:00:00Z", "24 h at most")]
    public async Task With_a_sentence(string path, string sentence)
    {
        await using var server = await ConsoleServer.StartAsync(new MovableFarm(), new TestTimeProvider(), new ConsoleOptions());

        var answer = await server.Http.GetAsync(path);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains(sentence, problem.RootElement.GetProperty("detail").GetString());
    }
}
