using SmartFarm.Domain.Wire;
using SmartFarm.Pipeline.Alarms;
using SmartFarm.Pipeline.Automation;
using SmartFarm.Pipeline.Commands;
using SmartFarm.Pipeline.Quarantine;
using SmartFarm.Pipeline.State;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Testing.ConsoleHost;

/// <summary>The ports the console looks at, kept in memory and moved by a test. Replace whole lists: readers may be under way.</summary>
public sealed class MovableFarm : IFarmView, IHistory, ILedger, IOpenReadings, IQuarantine, ICommandLedger, IManualView, IAlarmList
{
    private int _picturesAsked;

    public IReadOnlyList<ZoneView> Now { get; set; } = [];

    public IReadOnlyList<CommandRecord> Commands { get; set; } = [];

    public IReadOnlyDictionary<string, LedgerCounts> Counts { get; set; } = new Dictionary<string, LedgerCounts>();

    public OpenReadings InFlight { get; set; } = OpenReadings.None;

    public IReadOnlyList<QuarantineEntry> Refused { get; set; } = [];

    public Func<HistoryQuery, IReadOnlyList<HistorySeries>> History { get; set; } = _ => [];

    public Func<RowQuery, IReadOnlyList<RowSeries>> Rows { get; set; } = _ => [];

    public ManualPicture Manual { get; set; } = new([], []);

    public IReadOnlyList<AlarmEntry> Alarms { get; set; } = [];

    /// <summary>When set, every store fails with it.</summary>
    public Exception? Fault { get; set; }

    public HistoryQuery? LastQuery { get; private set; }

    /// <summary>How often the zones were asked for: once for every live picture made or tried.</summary>
    public int PicturesAsked => Volatile.Read(ref _picturesAsked);

    public IReadOnlyList<ZoneView> Zones()
    {
        Interlocked.Increment(ref _picturesAsked);
        return Now;
    }

    public Task<ManualPicture> ManualAsync(CancellationToken cancellationToken) => Task.FromResult(Manual);

    IReadOnlyList<AlarmEntry> IAlarmList.List() => Alarms;

    AlarmEntry? IAlarmList.Acknowledge(string id, string by, string note) => throw Unasked();

    public ValueTask<IReadOnlyList<HistorySeries>> ReadAsync(HistoryQuery query, CancellationToken cancellationToken)
    {
        LastQuery = query;
        return Answer(() => History(query));
    }

    public ValueTask<IReadOnlyList<RowSeries>> ReadRowsAsync(RowQuery query, CancellationToken cancellationToken) => Answer(() => Rows(query));

    public ValueTask<IReadOnlyDictionary<string, LedgerCounts>> ReadAsync(CancellationToken cancellationToken) => Answer(() => Counts);

    public OpenReadings Open() => InFlight;

    public ValueTask<IReadOnlyDictionary<string, SequenceWindow>> SequencesAsync(CancellationToken cancellationToken) => throw Unasked();

    public ValueTask<IReadOnlyList<QuarantineEntry>> ListAsync(QuarantineFilter filter, int limit, CancellationToken cancellationToken) =>
        Answer<IReadOnlyList<QuarantineEntry>>(() => [.. Refused.Where(e => filter.Reason is null || e.Reason == filter.Reason).Take(limit)]);

    public ValueTask<IReadOnlyDictionary<RejectReason, long>> CountAsync(CancellationToken cancellationToken) =>
        Answer<IReadOnlyDictionary<RejectReason, long>>(() => Refused.GroupBy(e => e.Reason).ToDictionary(g => g.Key, g => g.LongCount()));

    public ValueTask<IReadOnlyList<CommandRecord>> OpenAsync(CancellationToken cancellationToken) =>
        Answer<IReadOnlyList<CommandRecord>>(() => [.. Commands.Where(c => c.IsOpen).Reverse()]);

    public ValueTask<IReadOnlyList<CommandRecord>> RecentAsync(int limit, CancellationToken cancellationToken) =>
        Answer<IReadOnlyList<CommandRecord>>(() => [.. Commands.Take(limit)]);

    public ValueTask<CommandRecord?> FindAsync(Guid id, CancellationToken cancellationToken) => throw Unasked();

    public ValueTask<IReadOnlyDictionary<string, CommandRecord>> LastByActuatorAsync(CancellationToken cancellationToken) => throw Unasked();

    public ValueTask SaveAsync(CommandRecord record, CancellationToken cancellationToken) => throw Unasked();

    public ValueTask RemoveAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken) => throw Unasked();

    private ValueTask<T> Answer<T>(Func<T> answer) => Fault is null ? ValueTask.FromResult(answer()) : ValueTask.FromException<T>(Fault);

    private static InvalidOperationException Unasked() => new("The console only looks: it must not ask for this.");
}
