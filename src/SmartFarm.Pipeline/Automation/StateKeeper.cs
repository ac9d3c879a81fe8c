using Microsoft.Extensions.Logging;
using SmartFarm.Pipeline.Clocks;
using SmartFarm.Pipeline.Commands;
using SmartFarm.Pipeline.Telemetry;

namespace SmartFarm.Pipeline.Automation;

/// <summary>
/// Keeps the states of the zones on disk, beside the rules: no decision waits for a disk. One write is under way at a time, of all zones that have changed
/// since the one before. What a person asked for is answered when it is on disk. Called by the loop of the rules only.
/// </summary>
internal sealed partial class StateKeeper(IRuleStateStore states, WorkerMetrics metrics, ILogger log, Action written)
{
    private readonly HashSet<ZoneAutomation> _changed = [];
    private List<TaskCompletionSource> _waiting = [];
    private Task _writing = Task.CompletedTask;

    /// <summary>The state of a zone has changed.</summary>
    public void Note(ZoneAutomation zone) => _changed.Add(zone);

    /// <summary>Completes <paramref name="kept"/> with the next write.</summary>
    public void Answer(TaskCompletionSource kept) => _waiting.Add(kept);

    /// <summary>Begins a write when there is something to write and none is under way.</summary>
    public void Write(Moment now)
    {
        if ((_changed.Count > 0 || _waiting.Count > 0) && _writing.IsCompleted)
        {
            var (saved, waiting) = (Take(now), _waiting);
            _waiting = [];
            _writing = Task.Run(async () =>
            {
                await WriteAsync(saved, waiting, CancellationToken.None);
                written();
            });
        }
    }

    /// <summary>Writes what is left.</summary>
    public async Task FinishAsync(IEnumerable<ZoneAutomation> all, Moment now, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        _changed.UnionWith(all);
        await WriteAsync(Take(now), _waiting, cancellationToken);
    }

    private List<SavedZone> Take(Moment now)
    {
        var saved = _changed.Select(zone => new SavedZone(zone.Site, zone.Zone, zone.Production.Save(now))).ToList();
        _changed.Clear();
        return saved;
    }

    /// <summary>A state that cannot be kept costs timers at the next restart; it must not cost a decision now.</summary>
    private async Task WriteAsync(List<SavedZone> saved, List<TaskCompletionSource> waiting, CancellationToken cancellationToken)
    {
        try
        {
            await states.SaveAsync(saved, cancellationToken);
            waiting.ForEach(kept => kept.TrySetResult());
        }
        catch (Exception e)
        {
            metrics.Fault();
            Log.NotKept(log, saved.Count, e.Message);
            waiting.ForEach(kept => kept.TrySetException(new InvalidOperationException($"It is in force, but could not be written down, and a restart would forget it: {e.Message}", e)));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The rule states of {Zones} zone(s) could not be kept: {Reason} Rules go on; a restart now would forget their timers.")]
        public static partial void NotKept(ILogger logger, int zones, string reason);
    }
}
