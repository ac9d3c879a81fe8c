using Dapper;
using SmartFarm.Pipeline.Commands;
using SmartFarm.Sqlite.Engine;
using SmartFarm.Sqlite.Tables;

namespace SmartFarm.Sqlite;

/// <summary>The ledger of commands. Order is the order of their first saving.</summary>
internal sealed class SqliteCommandLedger(Writer writer, Readers readers, SqliteOptions options) : ICommandLedger
{
    private const string Select = """
        SELECT id, site, zone, controller, actuator, target, unit, duration, seq, issued, expires, reason, rule, stage, detail,
               published_ms AS PublishedMs, closed_ms AS ClosedMs
        FROM commands
        """;

    private const string Save = """
        INSERT INTO commands (id, site, zone, controller, actuator, target, unit, duration, seq, issued, expires, reason, rule, stage, detail, published_ms,
                              closed_ms, is_open)
        VALUES (@Id, @Site, @Zone, @Controller, @Actuator, @Target, @Unit, @Duration, @Seq, @Issued, @Expires, @Reason, @Rule, @Stage, @Detail, @PublishedMs,
                @ClosedMs, @IsOpen)
        ON CONFLICT (id) DO UPDATE SET
          stage = excluded.stage, detail = excluded.detail, published_ms = excluded.published_ms, closed_ms = excluded.closed_ms, is_open = excluded.is_open
        """;

    private const string Prune = """
        DELETE FROM commands WHERE number IN (
          SELECT number FROM commands AS old
          WHERE number <= (SELECT max(number) FROM commands) - @keep AND is_open = 0 AND EXISTS (
            SELECT 1 FROM commands AS newer
            WHERE newer.site = old.site AND newer.zone = old.zone AND newer.actuator = old.actuator AND newer.number > old.number)
          ORDER BY number LIMIT 10)
        """;

    public ValueTask SaveAsync(CommandRecord record, CancellationToken cancellationToken) => writer.WriteAsync(
        () =>
        {
            writer.Connection.Execute(Save, CommandRow.Of(record));
            writer.Connection.Execute(Prune, new { keep = options.MaxCommands });
        },
        cancellationToken);

    public async ValueTask<CommandRecord?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        await ReadAsync("WHERE id = @id", new { id = id.ToString() }, cancellationToken) is [var found] ? found : null;

    public ValueTask<IReadOnlyList<CommandRecord>> OpenAsync(CancellationToken cancellationToken) =>
        ReadAsync("WHERE is_open = 1 ORDER BY number", null, cancellationToken);

    public ValueTask<IReadOnlyList<CommandRecord>> RecentAsync(int limit, CancellationToken cancellationToken) =>
        ReadAsync("ORDER BY number DESC LIMIT @limit", new { limit }, cancellationToken);

    public async ValueTask<IReadOnlyDictionary<string, CommandRecord>> LastByActuatorAsync(CancellationToken cancellationToken)
    {
        var last = await ReadAsync("WHERE number IN (SELECT max(number) FROM commands GROUP BY site, zone, actuator)", null, cancellationToken);
        return last.ToDictionary(record => $"{record.Site}/{record.Zone}/{record.Command.Actuator}", StringComparer.Ordinal);
    }

    private ValueTask<IReadOnlyList<CommandRecord>> ReadAsync(string where, object? parameters, CancellationToken cancellationToken) =>
        readers.ReadAsync<IReadOnlyList<CommandRecord>>(
            connection => connection.Query<CommandRow>($"{Select} {where}", parameters).Select(row => row.ToRecord()).ToList(), cancellationToken);
}
