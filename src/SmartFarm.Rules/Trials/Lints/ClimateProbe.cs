using SmartFarm.Rules.Engine;

namespace SmartFarm.Rules.Trials.Lints;

/// <summary>
/// Runs the rules of a zone in a still world while the house warms from frost to heat and cools again, by day and by night, each temperature lasting long enough
/// for timers, and looks what is wanted together: heating with open vents, CO₂ with open vents, two rules that hand one actuator to and fro while nothing changes.
/// It sees every kind of rule, interlocks included, because it is the engine that answers. The limits are those of practice: no heat with vents over 10 %, no CO₂
/// with vents over 30 %.
/// </summary>
internal sealed class ClimateProbe : ILint
{
    private const double ColdestC = -2;
    private const double HottestC = 45;
    private const double StepK = 0.5;
    private const double OpenForHeating = 10;
    private const double OpenForCo2 = 30;
    private const long MinuteMs = 60_000;
    private const int MinutesPerStep = 20;
    private const int MinutesPerReading = 5;

    // A spring day: sun and night are there at all latitudes where things are grown.
    private static readonly DateTimeOffset Noon = new(2026, 4, 15, 12, 0, 0, TimeSpan.Zero);

    public string Name => "fighting";

    public IEnumerable<Finding> Look(LintContext context) => context.Book.Zones.Where(z => z.Rules.Length > 0)
        .SelectMany(zone => Sweep(context, zone, isDay: true).Concat(Sweep(context, zone, isDay: false)));

    private List<Finding> Sweep(LintContext context, ZoneRules zone, bool isDay)
    {
        var engine = new WatchedEngine(zone);
        var clashes = new Dictionary<Clash, Seen>();
        var hunts = new Dictionary<int, (double At, HashSet<string> Sources)>();
        var offset = zone.Place.TimeZone.GetUtcOffset(Noon);
        var wallMs = (Noon - offset).ToUnixTimeMilliseconds() + (isDay ? 0 : 12 * 60 * MinuteMs);
        var nowMs = 0L;
        foreach (var temperature in Temperatures())
        {
            // Time goes on for timers and stands still for clocks, so that set points stay what they are.
            engine.Step(RuleEvent.ClockSet(nowMs, wallMs - nowMs));
            engine.Output.Clear();
            for (var minute = 0; minute < MinutesPerStep; minute += MinutesPerReading)
            {
                Tell(engine, new Surroundings(temperature, isDay), nowMs);
                nowMs += MinutesPerReading * MinuteMs;
            }

            engine.Finish(nowMs - 1);
            NoteClashes(engine, temperature, clashes);
            NoteHunts(engine, temperature, hunts);
        }

        return [.. clashes.Select(c => Say(context, zone, c.Key, c.Value, isDay)), .. hunts.Select(h => Hunt(context, zone, h.Key, h.Value))];
    }

    private static IEnumerable<double> Temperatures()
    {
        var steps = (int)((HottestC - ColdestC) / StepK);
        return Enumerable.Range(0, steps).Concat(Enumerable.Range(0, steps + 1).Reverse()).Select(i => ColdestC + (i * StepK));
    }

    private static void Tell(WatchedEngine engine, Surroundings around, long nowMs)
    {
        var zone = engine.Rules;
        for (var i = 0; i < zone.Signals.Count; i++)
        {
            var signal = zone.Signals[i];
            var value = signal.Scope switch
            {
                SignalScope.SetPoint => double.NaN,
                SignalScope.Actuator => signal.Name == Signal.Position ? engine.State.WantedOf(signal.Owner)?.Target ?? 0 : 0,
                _ => around.Of(signal),
            };
            if (!double.IsNaN(value))
            {
                engine.Step(RuleEvent.Observed(nowMs, i, value, isUsable: true, staleAfterMs: 2 * MinutesPerReading * MinuteMs));
            }
        }
    }

    private static void NoteClashes(WatchedEngine engine, double temperature, Dictionary<Clash, Seen> clashes)
    {
        var zone = engine.Rules;
        foreach (var (vent, _) in zone.Actuators.Index().Where(a => Roles.IsVent(a.Item)))
        {
            var open = engine.State.Wanted[vent]?.Target ?? 0;
            foreach (var (index, actuator) in zone.Actuators.Index())
            {
                var limit = Roles.IsHeater(actuator) ? OpenForHeating : Roles.IsCo2(actuator) ? OpenForCo2 : double.PositiveInfinity;
                if (open > limit && engine.State.Wanted[index] is { } wanted && wanted.Target > actuator.Min && engine.State.Winners[index] >= 0)
                {
                    var clash = new Clash(engine.State.Winners[index], vent, limit);
                    var seen = clashes.TryGetValue(clash, out var known) ? known : clashes[clash] = new Seen(temperature);
                    seen.Take(temperature, engine.State.Winners[vent]);
                }
            }
        }
    }

    private static void NoteHunts(WatchedEngine engine, double temperature, Dictionary<int, (double At, HashSet<string> Sources)> hunts)
    {
        foreach (var moves in engine.Output.Decisions.GroupBy(d => d.Actuator, StringComparer.Ordinal))
        {
            var sources = moves.Select(d => d.Source).ToHashSet(StringComparer.Ordinal);
            if (moves.Count() >= 4 && sources.Count > 1 && moves.Select(d => d.Target).Distinct().Count() < moves.Count())
            {
                hunts.TryAdd(engine.Rules.ActuatorIndex(moves.Key), (temperature, sources));
            }
        }
    }

    private Finding Say(LintContext context, ZoneRules zone, Clash what, Seen seen, bool isDay)
    {
        var openers = seen.Openers.Where(o => o >= 0).Order().Select(o => zone.Rules[o].Definition).Select(r => $"'{r.Id}' (line {r.Place.Line})").ToArray();
        var doing = what.Limit == OpenForHeating ? "heats" : "doses CO₂";
        return context.At(this, FindingLevel.Warning, zone.Rules[what.Rule].Definition,
            $"By {(isDay ? "day" : "night")} at {seen.Low:0.#} to {seen.High:0.#} °C this rule {doing} while {zone.Actuators[what.Vent].Id} is more than {what.Limit:0} % open{(openers.Length == 0 ? "" : $" by {string.Join(", ", openers)}")}; leave a gap between their bands, or forbid it with an interlock.");
    }

    private Finding Hunt(LintContext context, ZoneRules zone, int actuator, (double At, HashSet<string> Sources) what)
    {
        var rules = zone.Rules.Select(r => r.Definition).Where(r => what.Sources.Contains(r.Source)).ToArray();
        return context.At(this, FindingLevel.Warning, rules.Length > 0 ? rules[^1] : zone.Rules[0].Definition,
            $"At a steady {what.At:0.#} °C {zone.Actuators[actuator].Id} is handed to and fro between {string.Join(" and ", rules.Select(r => $"'{r.Id}' (line {r.Place.Line})"))}; let one end well before the other begins.");
    }

    /// <summary>A rule that heats or doses while a vent is open.</summary>
    /// <param name="Rule">The rule.</param>
    /// <param name="Vent">The vent.</param>
    /// <param name="Limit">What it may be open at most.</param>
    private readonly record struct Clash(int Rule, int Vent, double Limit);

    /// <summary>Where that was seen, and whose vent it was: negative for nobody's any more.</summary>
    private sealed class Seen(double temperature)
    {
        public double Low { get; private set; } = temperature;

        public double High { get; private set; } = temperature;

        public HashSet<int> Openers { get; } = [];

        public void Take(double temperature, int opener)
        {
            (Low, High) = (Math.Min(Low, temperature), Math.Max(High, temperature));
            Openers.Add(opener);
        }
    }
}
