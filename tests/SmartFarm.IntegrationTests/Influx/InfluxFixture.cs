using SmartFarm.Influx;
using SmartFarm.Testing.Servers;
using SmartFarm.Worker.Influx;
using Xunit;

namespace SmartFarm.IntegrationTests.Influx;

/// <summary>One InfluxDB 1.6 for the tests of a class; each takes a database of its own.</summary>
public sealed class InfluxFixture : IAsyncLifetime
{
    private int _databases;

    public InfluxDb Server { get; } = new();

    public async ValueTask InitializeAsync()
    {
        if (InfluxDb.IsInstalled)
        {
            await Server.StartAsync();
        }
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    /// <summary>Options for a database that does not exist yet.</summary>
    public InfluxOptions NewDatabase()
    {
        Assert.SkipUnless(InfluxDb.IsInstalled, "influxd is not installed");
        return new InfluxOptions { Url = Server.Url, Version = 1, Database = $"test{Interlocked.Increment(ref _databases)}" };
    }

    /// <summary>A client of a fresh database that was prepared as at start.</summary>
    public async Task<InfluxClient> PreparedAsync(Func<InfluxOptions, InfluxOptions>? change = null)
    {
        var options = NewDatabase();
        var client = new InfluxClient(change?.Invoke(options) ?? options, TimeProvider.System);
        var readiness = await new InfluxSetup(client).PrepareAsync(TestContext.Current.CancellationToken);
        Assert.True(readiness.IsReady && readiness.CanQuery, string.Join(' ', readiness.Findings));
        return client;
    }
}
