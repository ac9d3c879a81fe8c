using SmartFarm.Domain.Farms;
using SmartFarm.Rules;
using SmartFarm.Rules.Engine;

namespace SmartFarm.Tests.Rules.Safety;

/// <summary>Keeps its own books of a zone, apart from the engine's, and says which promise was broken.</summary>
internal sealed class SafetyObserver(ZoneRules rules, RandomRules written)
{
    private readonly Dictionary<string, Happening> _newest = [];
    private readonly bool[] _isOn = new bool[written.Interlocks.Count];
    private readonly Dictionary<string, Move> _moves = [];
    private long _offsetMs;
    private long _nowMs = long.MinValue;

    private readonly record struct Move(double Target, long ChangedMs, DateTime Day, int Starts);

    /// <summary>Looks at one happening and what came of it; gives what was broken, or null.</summary>
    public string? Look(Happening h, IReadOnlyList<Decision> decisions, ZoneRuleState state)
    {
        // What fell due before was decided without it.
        var before = decisions.TakeWhile(d => d.TimeMs < h.TimeMs && _nowMs < h.TimeMs).ToArray();
        var broken = before.Select(Judge).FirstOrDefault(b => b is not null);
        Take(h, state.NowMs);
        broken ??= decisions.Skip(before.Length).Select(Judge).FirstOrDefault(b => b is not null);
        return broken ?? (h.Kind == 1 ? null : Interlocks(state)) ?? Groups(state) ?? Stop(state);
    }

    private void Take(Happening h, long engineMs)
    {
        if (h.Kind == 0)
        {
            if (rules.SignalIndex(h.Quantity.StartsWith("site.") ? SignalScope.Site : SignalScope.Zone, "", h.Quantity.Replace("site.", "")) < 0
                || (_newest.TryGetValue(h.Quantity, out var newest) && h.TimeMs < newest.TimeMs))
            {
                return;
            }

            _newest[h.Quantity] = h;
        }

        if (h.Kind != 1)
        {
            // What fell due may have brought the engine further than any decision shows: a late value is stale by its time.
            _nowMs = Math.Max(Math.Max(_nowMs, h.TimeMs), engineMs);
            _offsetMs = h.Kind == 6 ? (long)h.ToEvent(rules).Value : _offsetMs;
        }

        for (var i = 0; i < _isOn.Length; i++)
        {
            var interlock = written.Interlocks[i];
            _isOn[i] = IsKnown(interlock.Quantity, _nowMs) ? _newest[interlock.Quantity].Value > interlock.Above : _isOn[i];
        }
    }

    private bool IsKnown(string quantity, long nowMs) =>
        _newest.TryGetValue(quantity, out var newest) && newest.IsUsable && nowMs - newest.TimeMs <= SafetyFarm.StaleAfterMs;

    /// <summary>What no decision may ever do. To its safe state a rule may bring what it has though it went blind while it waited for the machine.</summary>
    private string? Judge(Decision d)
    {
        _nowMs = Math.Max(_nowMs, d.TimeMs);
        var actuator = rules.Actuators[rules.ActuatorIndex(d.Actuator)];
        var hasMoved = _moves.TryGetValue(d.Actuator, out var last);
        var isMove = !hasMoved || last.Target != d.Target;
        var id = d.Source.Split('@')[0];
        var broken =
            !(d.Target >= actuator.Min && d.Target <= actuator.Max) || (actuator.Kind == ActuatorKind.Switch && d.Target is not (0 or 1)) ? "a target that the machine cannot reach"
            : isMove && d.Target != actuator.Safe && d.Authority is Authority.Rule or Authority.CropProtection && written.LooksAt.TryGetValue(id, out var seen) && !seen.Contains("") && !seen.Any(q => IsKnown(q, d.TimeMs))
                ? "moved on unknown"
            : isMove && d.Authority == Authority.SafeState && d.Target != actuator.Safe ? "a safe state that is none"
            : hasMoved && isMove && d.Authority != Authority.EmergencyStop ? Machine(actuator, d, last)
            : null;
        if (isMove)
        {
            var isStart = d.Target > actuator.Min && !(hasMoved && last.Target > actuator.Min);
            var day = DayOf(d.TimeMs);
            var counts = hasMoved || isStart;
            _moves[d.Actuator] = new Move(d.Target, counts ? d.TimeMs : long.MinValue, counts ? day : default, (hasMoved && last.Day == day ? last.Starts : 0) + (isStart ? 1 : 0));
        }

        return broken is null ? null : $"{broken}: {d}";
    }

    private string? Machine(Actuator actuator, Decision d, Move last)
    {
        var since = last.ChangedMs == long.MinValue ? TimeSpan.MaxValue : TimeSpan.FromMilliseconds(d.TimeMs - last.ChangedMs);
        var least = actuator.Kind != ActuatorKind.Switch ? TimeSpan.Zero : last.Target > 0 ? actuator.MinOn : actuator.MinOff;
        var isStart = d.Target > actuator.Min && last.Target <= actuator.Min;
        return since < least ? "a least time was cut short"
            : d.Authority >= Authority.Manual && since < actuator.Rest ? "no rest"
            : d.Authority >= Authority.Manual && isStart && last.Day == DayOf(d.TimeMs) && last.Starts >= actuator.MaxStarts ? "more starts than a day may have"
            : null;
    }

    private string? Interlocks(ZoneRuleState state)
    {
        foreach (var actuator in rules.Actuators.Where(_ => state.Stop is null))
        {
            if (state.WantedOf(actuator.Id) is not { } wanted)
            {
                continue;
            }

            var active = written.Interlocks.Where((x, i) => _isOn[i] && x.Actuator == actuator.Id).OrderBy(x => x.Rank).ToArray();
            var force = active.FirstOrDefault(x => x.High is null);
            var (low, high) = (actuator.Min, actuator.Max);
            foreach (var limit in active.Where(x => x.High is not null && (force is null || x.Rank / 10 < force.Rank / 10)))
            {
                (low, high) = Math.Max(low, limit.Low) <= Math.Min(high, limit.High!.Value) ? (Math.Max(low, limit.Low), Math.Min(high, limit.High.Value)) : (low, high);
            }

            var must = force is null ? Math.Clamp(wanted.Target, low, high) : Math.Clamp(force.Low, low, high);
            if (wanted.Target != must && !IsHeldByMachine(actuator, wanted))
            {
                return $"an interlock is broken: {actuator.Id} is wanted at {wanted.Target} and must be at {must}";
            }
        }

        return null;
    }

    private bool IsHeldByMachine(Actuator actuator, Decision wanted) => actuator.Kind == ActuatorKind.Switch && _moves[actuator.Id].ChangedMs is not long.MinValue and var changedMs
        && _nowMs - changedMs < (wanted.Target > 0 ? actuator.MinOn : actuator.MinOff).TotalMilliseconds;

    private string? Groups(ZoneRuleState state) =>
        new[] { ("drip_1", "drip_2"), ("drip_2", "drip_3") }.Where(g => state.WantedOf(g.Item1)?.Target > 0 && state.WantedOf(g.Item2)?.Target > 0).Select(g => $"{g} are on together").FirstOrDefault();

    private string? Stop(ZoneRuleState state) =>
        state.Stop is not null && rules.Actuators.Any(a => state.WantedOf(a.Id)?.Target != a.Emergency) ? "stopped, and not in its emergency state" : null;

    private DateTime DayOf(long timeMs) => TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(timeMs + _offsetMs), rules.Place.TimeZone).Date;
}
