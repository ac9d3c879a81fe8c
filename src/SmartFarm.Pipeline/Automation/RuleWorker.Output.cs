using SmartFarm.Pipeline.Alarms;
using SmartFarm.Pipeline.Automation.Sets;
using SmartFarm.Pipeline.Clocks;
using SmartFarm.Pipeline.Commands;
using SmartFarm.Rules.Engine;

namespace SmartFarm.Pipeline.Automation;

/// <summary>What the rules come to: to the desk first, then into the books.</summary>
public sealed partial class RuleWorker
{
    private async ValueTask HandOutAsync(ZoneAutomation zone, Moment now, CancellationToken cancellationToken)
    {
        var output = zone.Production.Output;
        foreach (var decision in output.Decisions)
        {
            _metrics.Decision();
            await _desk.TellAsync(new DeskEvent.Wanted(zone.Site, zone.Zone, decision), cancellationToken);
            Log.Decided(_log, zone.Site, zone.Zone, decision.Actuator, decision.Target, decision.Source, decision.Reason);
        }

        foreach (var effect in output.Effects)
        {
            if (effect.Seen == Truth.False)
            {
                await _desk.TellAsync(new DeskEvent.NoEffect(zone.Site, zone.Zone, effect.Actuator, effect.Target, effect.Text), cancellationToken);
            }
            else if (effect.Seen == Truth.True)
            {
                await _desk.TellAsync(new DeskEvent.HadEffect(zone.Site, zone.Zone, effect.Actuator), cancellationToken);
            }
        }

        Write(zone, output, now);
        if (!output.IsEmpty)
        {
            _keeper.Note(zone);
            output.Clear();
        }
    }

    private void Write(ZoneAutomation zone, RuleOutput output, Moment now)
    {
        foreach (var decision in output.Decisions)
        {
            Arbitrated(zone, decision, now, now.ToWallMs(decision.TimeMs));
        }

        for (var i = 0; i < zone.WrittenMs.Length; i++)
        {
            if (now.SteadyMs - zone.WrittenMs[i] >= StoreIntervalMs && zone.Production.State.Wanted[i] is { } wanted)
            {
                Arbitrated(zone, wanted, now, now.WallMs);
            }
        }

        foreach (var trace in output.Traces)
        {
            _points.Trace(zone, trace with { TimeMs = now.ToWallMs(trace.TimeMs) });
        }

        foreach (var alarm in output.Alarms)
        {
            Tell(zone, alarm);
        }

        if (zone.Shadow is { } shadow)
        {
            foreach (var difference in shadow.Compare(zone.Production, now.SteadyMs))
            {
                _points.Shadow(zone, difference, _shadowVersion, now.WallMs);
            }

            shadow.Runner.Output.Clear();
        }
    }

    private void Arbitrated(ZoneAutomation zone, Decision decision, Moment now, long wallMs)
    {
        zone.WrittenMs[zone.Production.Rules.ActuatorIndex(decision.Actuator)] = now.SteadyMs;
        _points.Arbitration(zone, decision, zone.State?.TrustAt(now.SteadyMs) ?? 0, _version, wallMs);
    }

    private void Tell(ZoneAutomation zone, AlarmChange alarm)
    {
        var key = new AlarmKey(zone.Site, zone.Zone, alarm.Alarm);
        if (!alarm.IsRaised)
        {
            _alarms.Clear(key, alarm.Text);
            return;
        }

        _alarms.Raise(key, alarm.Severity, alarm.Text);
        if (zone.Production.Rules.GuardOf(alarm.Alarm) is { } within)
        {
            GuardTripped?.Invoke(new GuardTrip(alarm.Alarm, alarm.Text, within, _version));
        }
    }
}
