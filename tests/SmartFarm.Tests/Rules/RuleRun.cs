global using Disturbance = SmartFarm.Rules.Trials.Cases.Disturbance;
using SmartFarm.Configuration.Farms;
using SmartFarm.Rules;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Loading;
using SmartFarm.Testing;

namespace SmartFarm.Tests.Rules;

/// <summary>Feeds events to the rules of one zone and keeps what comes out.</summary>
internal sealed class RuleRun(ZoneRules rules, Disturbance disturbance = Disturbance.None)
{
    public RuleOutput Output { get; } = new();

    public List<Decision> Decisions => Output.Decisions;

    public List<Trace> Traces => Output.Traces;

    public ZoneEngine Engine { get; } = new(rules);

    public ZoneRuleState State { get; set; } = new ZoneEngine(rules).Start();

    public static ZoneRules Compile(string? text = null, string zone = "gh1")
    {
        var farm = FarmLoader.Load(Repository.PathOf("farm")).Farm!;
        var result = text is null ? RuleLoader.Load(Repository.PathOf("farm"), farm) : RuleLoader.Parse(text, farm);
        return result.IsValid && result.Book.TryGet("turkestan-1", zone, out var rules)
            ? rules
            : throw new InvalidOperationException(string.Join('\n', result.Errors));
    }

    /// <summary>A value of a measured quantity of the zone or, with <c>site.</c>, of its site.</summary>
    public static RuleEvent Observed(ZoneRules rules, long timeMs, string name, double value, bool isUsable = true, long staleAfterMs = 600_000)
    {
        var isSite = name.StartsWith("site.", StringComparison.Ordinal);
        var signal = rules.SignalIndex(isSite ? SignalScope.Site : SignalScope.Zone, "", isSite ? name[5..] : name);
        return RuleEvent.Observed(timeMs, signal, value, isUsable, staleAfterMs);
    }

    public void Step(in RuleEvent e)
    {
        if (disturbance == Disturbance.Ticks && State.NowMs != long.MinValue)
        {
            for (var t = State.NowMs; t < e.TimeMs; t += 1000)
            {
                Engine.Step(State, RuleEvent.Tick(t), Output);
            }
        }

        Engine.Step(State, e, Output);
        if (disturbance == Disturbance.Restarts)
        {
            State = Engine.Restore(Engine.Save(State));
        }
    }
}
