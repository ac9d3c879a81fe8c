using System.Collections.Concurrent;
using SmartFarm.Pipeline.Commands;

namespace SmartFarm.Tests.Rules.Safety;

/// <summary>A ledger without a disk, that outlives the desk.</summary>
internal sealed class MemoryLedger : ICommandLedger
{
    private readonly ConcurrentDictionary<Guid, CommandRecord> _records = new();
    private readonly ConcurrentDictionary<string, Guid> _last = new(StringComparer.Ordinal);

    public IEnumerable<CommandRecord> All => _records.Values;

    public ValueTask SaveAsync(CommandRecord record, CancellationToken cancellationToken)
    {
        if (_records.TryAdd(record.Command.Id, record))
        {
            _last[$"{record.Site}/{record.Zone}/{record.Command.Actuator}"] = record.Command.Id;
        }

        _records[record.Command.Id] = record;
        return ValueTask.CompletedTask;
    }

    public ValueTask<CommandRecord?> FindAsync(Guid id, CancellationToken cancellationToken) => new(_records.GetValueOrDefault(id));

    public ValueTask<IReadOnlyList<CommandRecord>> OpenAsync(CancellationToken cancellationToken) => new([.. _records.Values.Where(r => r.IsOpen).OrderBy(r => r.Command.Issued)]);

    public ValueTask<IReadOnlyList<CommandRecord>> RecentAsync(int limit, CancellationToken cancellationToken) => new([.. _records.Values.OrderByDescending(r => r.Command.Issued).Take(limit)]);

    public ValueTask<IReadOnlyDictionary<string, CommandRecord>> LastByActuatorAsync(CancellationToken cancellationToken) => new(_last.ToDictionary(l => l.Key, l => _records[l.Value]));
}
