using SmartFarm.Domain.Farms;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Trials.Replay;

namespace SmartFarm.Worker.Trials.Replay;

/// <summary>Makes a recording of what the history keeps of a zone.</summary>
internal static class HistoryRecording
{
    private const long DayMs = 86_400_000;
    private const string Reported = "reported";
    private const string Target = "target";

    // What is written of an actuator at least every five minutes.
    private static readonly TimeSpan ActuatorStaleAfter = TimeSpan.FromMinutes(15);

    /// <summary>Reads day by day, so that no answer is larger than a day.</summary>
    /// <param name="history">The history.</param>
    /// <param name="site">The site.</param>
    /// <param name="zone">The zone.</param>
    /// <param name="signals">What is wanted.</param>
    /// <param name="times">Begin, end and step in Unix ms; step 0: every value as stored.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static async ValueTask<Recording> ReadAsync(
        IHistory history, Site site, Zone zone, IReadOnlyList<Signal> signals, (long FromMs, long ToMs, long StepMs) times, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var series = new List<RecordedSeries>();
        for (var i = 0; i < signals.Count; i++)
        {
            var (timesMs, values) = (new List<long>(), new List<double>());
            for (var fromMs = times.FromMs; fromMs < times.ToMs; fromMs += DayMs)
            {
                foreach (var point in await DayAsync(history, site, zone, signals[i], (fromMs, Math.Min(times.ToMs, fromMs + DayMs), times.StepMs), cancellationToken))
                {
                    timesMs.Add(point.TimeMs);
                    values.Add(point.Value);
                }

                progress.Report((i + ((fromMs - times.FromMs) / (double)(times.ToMs - times.FromMs))) / signals.Count);
            }

            var staleAfterMs = Math.Max((long)StaleAfter(site, zone, signals[i]).TotalMilliseconds, 3 * times.StepMs);
            series.Add(new RecordedSeries(signals[i], staleAfterMs, timesMs, values));
        }

        return new Recording(times.FromMs, times.ToMs, series);
    }

    private static async ValueTask<IReadOnlyList<HistoryPoint>> DayAsync(
        IHistory history, Site site, Zone zone, Signal signal, (long FromMs, long ToMs, long StepMs) times, CancellationToken cancellationToken)
    {
        var (measurement, tags) = PlaceOf(site, zone, signal);
        foreach (var field in signal.Scope == SignalScope.Actuator ? [Reported, Target] : (string[])[signal.Name])
        {
            // Positions are steps, not something to take means of.
            var step = signal.Scope == SignalScope.Actuator ? 0 : times.StepMs;
            var found = await history.ReadAsync(new HistoryQuery(measurement, field, tags, times.FromMs, times.ToMs, step), cancellationToken);
            if (found.Count > 0)
            {
                return found.Count == 1 ? found[0].Points : [.. found.SelectMany(s => s.Points).OrderBy(p => p.TimeMs)];
            }
        }

        return [];
    }

    private static (string Measurement, Dictionary<string, string> Tags) PlaceOf(Site site, Zone zone, Signal signal) => signal.Scope switch
    {
        SignalScope.Site => (Schema.Climate, new() { ["site"] = site.Id, ["zone"] = Schema.SiteZone }),
        SignalScope.OtherZone => (Schema.Climate, new() { ["site"] = site.Id, ["zone"] = signal.Owner }),
        SignalScope.Device => (Schema.Telemetry, new() { ["site"] = site.Id, ["device"] = signal.Owner }),
        SignalScope.Actuator => (Schema.Actuator, new() { ["site"] = site.Id, ["zone"] = zone.Id, ["actuator"] = signal.Owner }),
        _ => (Schema.Climate, new() { ["site"] = site.Id, ["zone"] = zone.Id }),
    };

    /// <summary>The longest that a device of that place lets a value count: what production would have used.</summary>
    private static TimeSpan StaleAfter(Site site, Zone zone, Signal signal)
    {
        var devices = signal.Scope switch
        {
            SignalScope.Site => site.Devices,
            SignalScope.OtherZone => site.Zones.First(z => z.Id == signal.Owner).Devices,
            SignalScope.Device => [.. site.Devices.Concat(site.Zones.SelectMany(z => z.Devices)).Where(d => d.Id == signal.Owner)],
            _ => zone.Devices,
        };
        return signal.Scope == SignalScope.Actuator || devices.Count == 0 ? ActuatorStaleAfter : devices.Max(d => d.StaleAfter);
    }
}
