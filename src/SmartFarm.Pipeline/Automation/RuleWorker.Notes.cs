using SmartFarm.Pipeline.Clocks;
using SmartFarm.Rules.Engine;

namespace SmartFarm.Pipeline.Automation;

/// <summary>What people and controllers say, as events of the engine.</summary>
public sealed partial class RuleWorker
{
    private void TakeNotes(Moment now)
    {
        while (_inbox.TryTake(out var note, out var taken))
        {
            if (!_zones.TryGetValue((note.Site, note.Zone), out var zone) || !Take(zone, note, now))
            {
                taken?.TrySetException(new InvalidOperationException($"{note.Site}/{note.Zone} has no such actuator."));
                continue;
            }

            _moved.Add(zone);
            if (taken is not null)
            {
                _keeper.Note(zone);
                _keeper.Answer(taken);
            }
        }
    }

    /// <summary>Tells a zone; false when it has no such actuator.</summary>
    private bool Take(ZoneAutomation zone, ZoneNote note, Moment now)
    {
        switch (note)
        {
            case ZoneNote.Overridden o when Index(zone, o.Actuator) is >= 0 and var index:
                var order = new ManualOrder(o.Target, o.Owner, o.Reason, now.SteadyMs + (long)o.For.TotalMilliseconds);
                zone.Step(RuleEvent.Overridden(now.SteadyMs, index, order));
                return true;
            case ZoneNote.Released r when Index(zone, r.Actuator) is >= 0 and var index:
                zone.Step(RuleEvent.Released(now.SteadyMs, index, r.By));
                return true;
            case ZoneNote.Stopped s:
                zone.Step(RuleEvent.Stopped(now.SteadyMs, s.Owner, s.Reason));
                return true;
            case ZoneNote.Resumed r:
                zone.Step(RuleEvent.Resumed(now.SteadyMs, r.Owner));
                return true;
            case ZoneNote.Acknowledged a when Index(zone, a.Actuator) is >= 0 and var index:
                // What those in shadow want was never commanded.
                zone.Production.Step(RuleEvent.Acknowledged(Math.Min(a.TimeMs, now.SteadyMs), index, a.Target));
                return true;
            case ZoneNote.Positioned p when Index(zone, p.Actuator) >= 0:
                _positions[(p.Site, p.Zone, p.Actuator)] = p;
                zone.Observe(p.Actuator, p.Position, Math.Min(p.TimeMs, now.SteadyMs));
                return true;
            default:
                return false;
        }
    }

    private static int Index(ZoneAutomation zone, string actuator) => zone.Production.Rules.ActuatorIndex(actuator);
}
