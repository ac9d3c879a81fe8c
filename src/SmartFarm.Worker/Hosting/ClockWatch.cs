using SmartFarm.Pipeline.Alarms;
using SmartFarm.Pipeline.Clocks;
using SmartFarm.Pipeline.Intake;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Worker.Hosting;

/// <summary>
/// Raises an alarm when the wall clock was stepped, when it is one that was reset, and when at least half of the devices heard agree for a
/// minute on another time: then it is more likely ours that is wrong.
/// </summary>
internal sealed class ClockWatch(SteadyClock steady, FarmMap map, AlarmBook alarms, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private const long LeastStepMs = 30_000;
    private long _offsetMs;
    private const int LooksToBelieve = 6;
    private bool _isWrong;
    private int _doubts;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            Look(steady.Now());
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    internal void Look(Moment now)
    {
        var step = now.OffsetMs - _offsetMs;
        if (Math.Abs(step) >= LeastStepMs)
        {
            _offsetMs = now.OffsetMs;
            Each("clock_step", key => alarms.Happened(key, "warning", $"The clock of this computer was stepped by {TimeSpan.FromMilliseconds(step):c}. Control goes on by a steady clock; only recorded times have moved. If nobody set it, look at the time service."));
        }

        var trouble = Trouble(now);
        _doubts = trouble is null ? 0 : _doubts + 1;
        if (_isWrong ? trouble is null : _doubts == (now.WallMs < ClockCheck.EarliestMs ? 1 : LooksToBelieve))
        {
            _isWrong = trouble is not null;
            if (trouble is not null)
            {
                Each("clock_wrong", key => alarms.Raise(key, "warning", trouble));
            }
            else
            {
                Each("clock_wrong", key => alarms.Clear(key, "The clock of this computer and those of the devices agree again."));
            }
        }
    }

    private string? Trouble(Moment now)
    {
        if (now.WallMs < ClockCheck.EarliestMs)
        {
            return "The clock of this computer was reset: readings without a time still move the rules, but nothing can be recorded. Set it, and install a time service such as chrony.";
        }

        var ahead = map.Zones.SelectMany(z => z.Devices).Where(d => d.LastSeenMs != 0 && now.SteadyMs - d.LastSeenMs <= d.StaleAfterMs).Select(d => d.ClockAheadMs).OfType<long>().Order().ToArray();
        var tolerance = (long)ClockCheck.Tolerance.TotalMilliseconds;
        var middle = ahead.Length == 0 ? 0 : ahead[ahead.Length / 2];
        var agree = ahead.Count(a => Math.Abs(a - middle) <= tolerance);
        return Math.Abs(middle) <= tolerance || agree * 2 < ahead.Length ? null
            : $"{agree} of {ahead.Length} devices are {(middle > 0 ? "ahead of" : "behind")} this computer by about {TimeSpan.FromSeconds(Math.Abs(middle) / 1000):c}; unless they agreed before, their readings move nothing{(middle > 0 ? " and are in the quarantine" : "")}. If they are right, set the clock of this computer, and replay the quarantine.";
    }

    private void Each(string code, Action<AlarmKey> act)
    {
        foreach (var site in map.Farm.Sites)
        {
            act(new AlarmKey(site.Id, Schema.SiteZone, code));
        }
    }
}
