using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using SmartFarm.Console;
using SmartFarm.Domain.Quantities;
using SmartFarm.Pipeline.State;
using SmartFarm.Testing;
using SmartFarm.Testing.ConsoleHost;
using Xunit;

namespace SmartFarm.Tests.Console;

public sealed class The_live_stream : IAsyncLifetime
{
    private readonly MovableFarm _farm = new() { Now = [Zone(21)] };
    private readonly TestTimeProvider _time = new();
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(30));
    private ConsoleServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await ConsoleServer.StartAsync(_farm, _time, new ConsoleOptions { MaxLiveClients = 2 });

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _patience.Dispose();
    }

    [Fact]
    public async Task Begins_with_the_clock_and_a_picture_and_then_tells_changes_only()
    {
        await using var events = Listen();
        Assert.Equal(("time", """{"time":"2026-11-22T08:00:00.000Z"}"""), await Next(events));
        var (kind, picture) = await Next(events);
        Assert.Equal("picture", kind);
        Assert.Equal(21, TemperatureIn(picture));
        Assert.Equal(["zones", "actuators", "commands"], JsonDocument.Parse(picture).RootElement.EnumerateObject().Select(p => p.Name));

        for (var second = 1; second <= 4; second++)
        {
            await Tick();
        }

        _farm.Now = [Zone(22)];
        await Tick();

        Assert.Equal(("time", """{"time":"2026-11-22T08:00:05.000Z"}"""), await Next(events));
        Assert.Equal(22, TemperatureIn((await Next(events)).Data));
    }

    [Fact]
    public async Task Gives_one_picture_for_many_changes_within_a_second()
    {
        await using var events = Listen();
        await Next(events);
        await Next(events);
        _farm.Now = [Zone(22)];
        _time.Advance(TimeSpan.FromMilliseconds(400));
        _farm.Now = [Zone(23)];
        _time.Advance(TimeSpan.FromMilliseconds(600));

        Assert.Equal(23, TemperatureIn((await Next(events)).Data));
    }

    [Fact]
    public async Task Says_when_the_ledger_fails_and_when_it_is_back()
    {
        await using var events = Listen();
        await Next(events);
        await Next(events);

        _farm.Fault = new IOException("disk");
        await Tick();
        Assert.Contains("cannot be read", (await Next(events)).Data);

        _farm.Fault = null;
        await Tick();
        Assert.Equal(("trouble", """{"sentence":""}"""), await Next(events));
        Assert.Equal("picture", (await Next(events)).Kind);
    }

    [Fact]
    public async Task Turns_away_more_listeners_than_allowed_and_takes_the_next_when_one_leaves()
    {
        await using var first = Listen();
        await Next(first);
        var second = Listen();
        await Next(second);

        using var refused = await _server.Http.GetAsync("api/live", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType!.MediaType);

        await second.DisposeAsync();
        while (true)
        {
            _patience.Token.ThrowIfCancellationRequested();
            using var third = await _server.Http.GetAsync("api/live", HttpCompletionOption.ResponseHeadersRead);
            if (third.StatusCode == HttpStatusCode.OK)
            {
                Assert.Equal("text/event-stream", third.Content.Headers.ContentType!.MediaType);
                return;
            }

            await Task.Yield();
        }
    }

    [Fact]
    public async Task Ends_when_the_worker_stops_so_that_it_never_holds_up_a_restart()
    {
        await using var events = Listen();
        await Next(events);
        await Next(events);

        await _server.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(15));

        Assert.False(await events.MoveNextAsync());
    }

    private static ZoneView Zone(double temperature) => new("s1", "gh1", "Greenhouse", null, [new ValueView(Quantities.AirTemperature, temperature, 0, true)], 1, [], []);

    private static double TemperatureIn(string picture)
    {
        using var json = JsonDocument.Parse(picture);
        return json.RootElement.GetProperty("zones")[0].GetProperty("values")[0].GetProperty("value").GetDouble();
    }

    private IAsyncEnumerator<SseItem<string>> Listen() => Events().GetAsyncEnumerator(_patience.Token);

    private async IAsyncEnumerable<SseItem<string>> Events()
    {
        await using var stream = await _server.Http.GetStreamAsync("api/live", _patience.Token);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(_patience.Token))
        {
            yield return item;
        }
    }

    private static async Task<(string Kind, string Data)> Next(IAsyncEnumerator<SseItem<string>> events)
    {
        Assert.True(await events.MoveNextAsync(), "The stream ended.");
        return (events.Current.EventType, events.Current.Data);
    }

    /// <summary>Lets a second pass and waits until the stream has looked at the farm in it.</summary>
    private async Task Tick()
    {
        var before = _farm.PicturesAsked;
        _time.Advance(TimeSpan.FromSeconds(1));
        while (_farm.PicturesAsked == before)
        {
            _patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
