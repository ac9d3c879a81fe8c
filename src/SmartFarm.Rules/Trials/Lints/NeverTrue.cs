using SmartFarm.Rules.Kinds;

namespace SmartFarm.Rules.Trials.Lints;

/// <summary>Conditions that contradict themselves: a rule that never starts, or never ends.</summary>
internal sealed class NeverTrue : ILint
{
    public string Name => "never-true";

    public IEnumerable<Finding> Look(LintContext context)
    {
        foreach (var rule in context.Thresholds.SelectMany(r => r).Where(r => r.Definition.Logic is not AlarmLogic { WatchesForBlindness: true }))
        {
            if (rule.Start.IsEmpty)
            {
                yield return context.At(this, FindingLevel.Warning, rule.Definition, $"'{rule.When}' can never be true, so the rule never starts; correct the numbers, or put 'or' for 'and'.", "when");
            }
            else if (rule.Until is not null && Region.Of(rule.Until).IsEmpty)
            {
                yield return context.At(this, FindingLevel.Warning, rule.Definition, $"'{rule.Until}' can never be true, so the rule never ends; correct the numbers, or put 'or' for 'and'.", "until");
            }
        }
    }
}
