using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmartFarm.Pipeline.Clocks;
using SmartFarm.Pipeline.Intake;
using SmartFarm.Pipeline.State;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Pipeline.Telemetry;

namespace SmartFarm.Pipeline.Usage;

/// <summary>
/// Stores what each zone used and got, in windows of five minutes of the wall clock; a row carries the time at which its window begins, and is written when it
/// has ended. Nothing is remembered over a restart: the row of the window in which the worker started lacks what came before, and no row is written twice,
/// so nothing is ever counted twice. When the wall clock is set back, the windows that come again replace those before.
/// </summary>
public sealed partial class UsageWriter : BackgroundService
{
    private const long WindowMs = 300_000;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private readonly ZoneUsage[] _zones;
    private readonly StoreRunner _store;
    private readonly WorkerMetrics _metrics;
    private readonly SteadyClock _steady;
    private readonly TimeProvider _clock;
    private readonly ILogger<UsageWriter> _log;
    private long _window;

    /// <summary>Follows the zones of a farm.</summary>
    public UsageWriter(
        FarmMap map, IActuatorViews actuators, StoreRunner store, SeriesCatalog catalog, WorkerMetrics metrics, SteadyClock steady, TimeProvider clock, ILogger<UsageWriter> log)
    {
        (_store, _metrics, _steady, _clock, _log) = (store, metrics, steady, clock, log);
        _zones =
        [
            .. from zone in map.Zones
               where zone.Zone is not null
               let site = map.Zones.First(s => s.Site == zone.Site && s.Zone is null)
               select new ZoneUsage(zone, site, () => actuators.ViewOf(zone.Site.Id, zone.Id), catalog),
        ];
        _window = WindowOf(steady.Now());
    }

    /// <summary>Adds what was used since the last look; ends the window when its time is over. One caller at a time.</summary>
    public void Look()
    {
        var now = _steady.Now();
        foreach (var zone in _zones)
        {
            zone.Look(now);
        }

        var (ended, window) = (_window, WindowOf(now));
        _window = window;
        if (window != ended && ended * WindowMs >= ClockCheck.EarliestMs)
        {
            _store.AddOwn((_zones, ended), static (batch, x) =>
            {
                foreach (var zone in x._zones)
                {
                    zone.Close(batch, x.ended * WindowMs);
                }
            });
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, _clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                Look();
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                _metrics.Fault();
                Log.Failed(_log, e);
            }
        }
    }

    private static long WindowOf(Moment now) => (long)Math.Floor(now.WallMs / (double)WindowMs);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "What the zones use could not be looked at; what was used meanwhile may be missing.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
