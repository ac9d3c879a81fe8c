using Dapper;
using SmartFarm.Pipeline.Commands;
using SmartFarm.Sqlite.Engine;

namespace SmartFarm.Sqlite;

/// <summary>The last state of the rules of each zone.</summary>
internal sealed class SqliteRuleStateStore(Writer writer, Readers readers, TimeProvider time) : IRuleStateStore
{
    private readonly Statement _save = writer.Prepare("INSERT OR REPLACE INTO rule_states (site, zone, state, saved_ms) VALUES (?1, ?2, ?3, ?4)");

    public ValueTask SaveAsync(string site, string zone, ReadOnlyMemory<byte> state, CancellationToken cancellationToken) =>
        writer.WriteAsync(() => Save(site, zone, state.Span), cancellationToken);

    public ValueTask SaveAsync(IReadOnlyList<SavedZone> zones, CancellationToken cancellationToken) => writer.WriteAsync(
        () =>
        {
            foreach (var (site, zone, state) in zones)
            {
                Save(site, zone, state);
            }
        },
        cancellationToken);

    public ValueTask<byte[]?> LoadAsync(string site, string zone, CancellationToken cancellationToken) => readers.ReadAsync(
        connection => connection.ExecuteScalar<byte[]?>("SELECT state FROM rule_states WHERE site = @site AND zone = @zone", new { site, zone }),
        cancellationToken);

    private void Save(string site, string zone, ReadOnlySpan<byte> state) =>
        _save.Set(1, site).Set(2, zone).Set(3, state).Set(4, time.GetUtcNow().ToUnixTimeMilliseconds()).Run();
}
