using System.Text.Json;
using Dapper;
using SmartFarm.Pipeline.Automation.Sets;
using SmartFarm.Sqlite.Engine;

namespace SmartFarm.Sqlite;

/// <summary>The published rule sets. People publish and promote them, so what is kept grows by hand and needs no bound of its own.</summary>
internal sealed class SqliteRuleSetStore(Writer writer, Readers readers, TimeProvider time) : IRuleSetStore
{
    private const string Select = "SELECT version, fingerprint, author, note, published_ms AS PublishedMs FROM rule_sets";

    public async ValueTask<RuleSetHead> AddAsync(RuleSetFiles files, string author, string note, CancellationToken cancellationToken)
    {
        RuleSetHead? head = null;
        await writer.WriteAsync(
            () =>
            {
                var row = new
                {
                    files.Fingerprint,
                    author,
                    note,
                    now = time.GetUtcNow().ToUnixTimeMilliseconds(),
                    texts = JsonSerializer.Serialize(files.Texts),
                };
                writer.Connection.Execute(
                    "INSERT INTO rule_sets (fingerprint, author, note, published_ms, files) VALUES (@Fingerprint, @author, @note, @now, @texts) ON CONFLICT (fingerprint) DO NOTHING", row);
                head = writer.Connection.QuerySingle<HeadRow>($"{Select} WHERE fingerprint = @Fingerprint", row).ToHead();
            },
            cancellationToken);
        return head!;
    }

    public ValueTask<IReadOnlyList<RuleSetHead>> ListAsync(int limit, CancellationToken cancellationToken) => readers.ReadAsync<IReadOnlyList<RuleSetHead>>(
        connection => [.. connection.Query<HeadRow>($"{Select} ORDER BY version DESC LIMIT @limit", new { limit }).Select(row => row.ToHead())], cancellationToken);

    public ValueTask<RuleSet?> FindAsync(int version, CancellationToken cancellationToken) => readers.ReadAsync(
        connection => connection.QuerySingleOrDefault<HeadRow>($"{Select} WHERE version = @version", new { version }) is { } row
            ? new RuleSet(row.ToHead(), new RuleSetFiles(JsonSerializer.Deserialize<Dictionary<string, string>>(
                connection.ExecuteScalar<string>("SELECT files FROM rule_sets WHERE version = @version", new { version })!)!))
            : null,
        cancellationToken);

    public ValueTask MoveAsync(RuleSetMove move, CancellationToken cancellationToken) => writer.WriteAsync(
        () => writer.Connection.Execute(
            "INSERT INTO rule_set_moves (time_ms, act, version, by_whom, reason) VALUES (@TimeMs, @act, @Version, @By, @Reason)",
            new { move.TimeMs, act = move.Act.ToString(), move.Version, move.By, move.Reason }),
        cancellationToken);

    public ValueTask<IReadOnlyList<RuleSetMove>> MovesAsync(CancellationToken cancellationToken) => readers.ReadAsync<IReadOnlyList<RuleSetMove>>(
        connection => [.. connection.Query<MoveRow>("SELECT time_ms AS TimeMs, act, version, by_whom AS ByWhom, reason FROM rule_set_moves ORDER BY number")
            .Select(row => new RuleSetMove(row.TimeMs, Enum.Parse<RuleSetAct>(row.Act), (int)row.Version, row.ByWhom, row.Reason))],
        cancellationToken);

    private sealed record HeadRow(long Version, string Fingerprint, string Author, string Note, long PublishedMs)
    {
        public RuleSetHead ToHead() => new((int)Version, Fingerprint, Author, Note, PublishedMs);
    }

    private sealed record MoveRow(long TimeMs, string Act, long Version, string ByWhom, string Reason);
}
