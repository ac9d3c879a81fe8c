using System.Text;
using SmartFarm.Influx;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Worker.Influx;

/// <summary>A database and what was learned from its answers. Thread-safe.</summary>
internal sealed class InfluxDealings(InfluxClient client)
{
    public InfluxClient Client => client;

    public BodyLimit Limit { get; } = new(client.Clock);

    public Patience Patience { get; } = new(client.Clock);

    public SuspectFields Suspects { get; } = new(client.Clock);

    /// <summary>Whether the database takes a row that nothing is wrong with: if so, what it refuses beside it is to blame, not its setting up.</summary>
    public async ValueTask<bool> TakesAnotherRowAsync(CancellationToken cancellationToken)
    {
        var row = Encoding.UTF8.GetBytes($"{Schema.Worker},instance=probe probe=1 {client.Clock.GetUtcNow().ToUnixTimeMilliseconds()}\n");
        return (await client.WriteAsync(row, cancellationToken)).Verdict == InfluxVerdict.Stored;
    }
}
