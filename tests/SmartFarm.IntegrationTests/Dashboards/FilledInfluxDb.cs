using SmartFarm.Testing.Dashboards;
using SmartFarm.Testing.Servers;
using Xunit;

namespace SmartFarm.IntegrationTests.Dashboards;

/// <summary>A real InfluxDB that a worker has filled with ten hours of a simulated farm.</summary>
public sealed class FilledInfluxDb : IAsyncLifetime
{
    private readonly InfluxDb _server = new();

    public async ValueTask InitializeAsync()
    {
        if (InfluxDb.IsInstalled)
        {
            await _server.StartAsync();
            await FarmStory.PlayAsync(_server.Url);
        }
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    /// <summary>What is wrong with the answer to a query, or null.</summary>
    public Task<string?> ProblemAsync(DashboardQuery query, IReadOnlyDictionary<string, string[]> selection) =>
        _server.ProblemAsync(query, FarmStory.End.AddHours(-10), FarmStory.End, selection);
}
