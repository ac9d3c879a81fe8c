using Xunit;

namespace SmartFarm.Tests.Broker;

/// <summary>Clients cannot flood the log, nor write lines of their own into it.</summary>
public sealed class Log_of_the_broker
{
    [Fact]
    public async Task Repeated_take_overs_are_one_line_with_their_number_every_ten_seconds()
    {
        await using var host = await BrokerHost.StartAsync();
        for (var i = 0; i < 4; i++)
        {
            await host.ConnectAsync("c");
        }

        await host.UntilAsync(s => s.TakeOvers == 3);
        Assert.Single(host.Log.With("connected again"));
        host.Time.Advance(TimeSpan.FromSeconds(11));
        await host.ConnectAsync("c");
        Assert.Contains("(3 such", host.Log.With("connected again")[1]);
    }

    [Fact]
    public async Task Many_silent_clients_are_one_line()
    {
        await using var host = await BrokerHost.StartAsync();
        for (var i = 0; i < 3; i++)
        {
            await host.ConnectAsync($"{i}", connecting: new Connecting { KeepAlive = 1 });
        }

        host.Time.Advance(TimeSpan.FromSeconds(3));
        await host.UntilAsync(s => s.KeepAliveTimeouts == 3);
        Assert.Single(host.Log.With("silent"));
    }

    [Fact]
    public async Task A_client_id_stays_in_its_line_and_is_cut()
    {
        await using var host = await BrokerHost.StartAsync();
        var id = "evil\nline" + new string('x', 1000);
        await host.ConnectAsync(id);
        await host.ConnectAsync(id);
        await host.UntilAsync(s => s.TakeOvers == 1);
        var line = Assert.Single(host.Log.With("connected again"));
        Assert.Contains("\"evil?linexxx", line);
        Assert.InRange(line.Length, 1, 300);
    }
}
