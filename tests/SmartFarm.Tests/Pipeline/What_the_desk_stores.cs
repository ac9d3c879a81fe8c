using SmartFarm.Domain.Commands;
using SmartFarm.Pipeline.Storage;
using Xunit;

namespace SmartFarm.Tests.Pipeline;

/// <summary>Red when a dashboard could not show an actuator of which nothing was heard, or where the time of a command went.</summary>
public sealed class What_the_desk_stores
{
    [Fact]
    public async Task Every_actuator_at_least_every_five_minutes_also_one_that_never_reported()
    {
        await using var desk = await Desk.OpenAsync();
        await desk.PassAsync(TimeSpan.FromMinutes(16));

        foreach (var actuator in new[] { "roof_vent", "heater" })
        {
            var rows = await desk.RowsAsync(Schema.Actuator, actuator, "mode", "held");
            Assert.All(rows, r => Assert.Equal("unknown", r.Texts["mode"]));
            var times = rows.Select(r => r.TimeMs).Append(desk.Clock.GetUtcNow().ToUnixTimeMilliseconds()).ToArray();
            Assert.All(times.Zip(times.Skip(1)), t => Assert.InRange(t.Second - t.First, 0, 300_000));
            Assert.InRange(rows.Count, 3, 5);
        }
    }

    [Fact]
    public async Task Where_the_time_of_a_command_went()
    {
        await using var desk = await Desk.OpenAsync();
        var broker = new TaskCompletionSource();
        desk.Broker = async (_, _) => await broker.Task;
        await desk.WantAsync("roof_vent", 60);
        var command = await desk.PublishedAsync();
        await desk.PassAsync(TimeSpan.FromSeconds(2));
        broker.SetResult();
        await desk.The.SettleAsync(handedOver: true, default);
        await desk.PassAsync(TimeSpan.FromSeconds(3));
        await desk.ReplyAsync(command.Id, ReplyStatus.Accepted);
        await desk.PassAsync(TimeSpan.FromSeconds(4));
        await desk.ReplyAsync(command.Id, ReplyStatus.Succeeded);

        var row = Assert.Single(await desk.RowsAsync(Schema.Command, "roof_vent", "latency_ms", "decided_ms", "published_ms", "answered_ms"));

        Assert.Equal([("answered_ms", 5000), ("decided_ms", 0), ("latency_ms", 9000), ("published_ms", 2000)], row.Numbers.Select(n => (n.Key, n.Value)).Order());
    }

    [Fact]
    public async Task And_not_what_it_does_not_know()
    {
        await using var desk = await Desk.OpenAsync();
        await desk.WantAsync("roof_vent", 60);
        var command = await desk.PublishedAsync();
        await desk.RestartAsync();

        await desk.ReplyAsync(command.Id, ReplyStatus.Succeeded);

        var row = Assert.Single(await desk.RowsAsync(Schema.Command, "roof_vent", "latency_ms", "decided_ms", "published_ms", "answered_ms"));
        Assert.Equal(["answered_ms", "latency_ms"], row.Numbers.Keys.Order());
    }
}
