using Dapper;
using SmartFarm.Domain.Wire;
using SmartFarm.Pipeline.Quarantine;
using SmartFarm.Sqlite.Engine;
using SmartFarm.Sqlite.Tables;

namespace SmartFarm.Sqlite;

/// <summary>Reads and empties the quarantine; commits fill it.</summary>
internal sealed class SqliteQuarantine(Writer writer, Readers readers, QuarantineTable table) : IQuarantine
{
    public ValueTask<IReadOnlyList<QuarantineEntry>> ListAsync(QuarantineFilter filter, int limit, CancellationToken cancellationToken) =>
        readers.ReadLongAsync<IReadOnlyList<QuarantineEntry>>(
            connection => connection.Query<Row>(
                $"""
                SELECT id, received_ms AS ReceivedMs, topic, payload, size, reason, detail, account FROM quarantine
                WHERE id > @AfterId AND id <= @UpToId {(filter.Reason is null ? "" : "AND reason = @reason")}
                  {(filter.Account is null ? "" : "AND account = @Account")} {(filter.SinceMs is null ? "" : "AND received_ms >= @SinceMs")}
                ORDER BY id {(filter.OldestFirst ? "" : "DESC")} LIMIT @limit
                """,
                new { limit, filter.AfterId, filter.UpToId, filter.Account, filter.SinceMs, reason = filter.Reason?.ToString() }).Select(row => row.ToEntry()).ToList(),
            cancellationToken);

    public ValueTask<IReadOnlyDictionary<RejectReason, long>> CountAsync(CancellationToken cancellationToken) =>
        readers.ReadLongAsync<IReadOnlyDictionary<RejectReason, long>>(
            connection => connection.Query<(string Reason, long Count)>("SELECT reason, count(*) FROM quarantine GROUP BY reason")
                .ToDictionary(row => Enum.Parse<RejectReason>(row.Reason), row => row.Count),
            cancellationToken);

    public ValueTask RemoveAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken) => writer.WriteAsync(
        () =>
        {
            foreach (var id in ids)
            {
                table.Remove(id);
            }
        },
        cancellationToken);

    private sealed class Row
    {
        public long Id { get; init; }

        public long ReceivedMs { get; init; }

        public byte[] Topic { get; init; } = [];

        public byte[] Payload { get; init; } = [];

        public long Size { get; init; }

        public string Reason { get; init; } = "";

        public string Detail { get; init; } = "";

        public string Account { get; init; } = "";

        public QuarantineEntry ToEntry() => new(Id, ReceivedMs, Topic, Payload, Size, Enum.Parse<RejectReason>(Reason), Detail, Account);
    }
}
