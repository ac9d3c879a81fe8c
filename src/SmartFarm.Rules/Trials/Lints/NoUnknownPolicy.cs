using SmartFarm.Configuration.Values;

namespace SmartFarm.Rules.Trials.Lints;

/// <summary>Rules that move something and do not say what holds when they cannot see.</summary>
internal sealed class NoUnknownPolicy : ILint
{
    public string Name => "no-unknown-policy";

    public IEnumerable<Finding> Look(LintContext context)
    {
        foreach (var rule in context.Rules.Select(r => r.Definition).Where(r => !r.IsSafety && r.Signals.Count > 0 && r.Actuators.Count > 0))
        {
            if (context.WrittenOf(rule) is { } written && written.Get("unknown") is null)
            {
                var taken = rule.HoldMs is 0 ? "safe" : rule.HoldMs is { } ms ? $"hold {Durations.Format(TimeSpan.FromMilliseconds(ms))} then safe" : "hold";
                yield return context.At(this, FindingLevel.Hint, rule, $"The rule does not say what holds when its inputs are stale, flagged or missing, so '{taken}' is taken; write 'unknown: {taken}', or what suits it better: 'safe', 'hold', 'hold 5 min then safe'.");
            }
        }
    }
}
