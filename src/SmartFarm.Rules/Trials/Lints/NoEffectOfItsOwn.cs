namespace SmartFarm.Rules.Trials.Lints;

/// <summary>Rules that ask for the same on and off.</summary>
internal sealed class NoEffectOfItsOwn : ILint
{
    public string Name => "same-on-and-off";

    public IEnumerable<Finding> Look(LintContext context)
    {
        foreach (var rule in context.Thresholds.SelectMany(r => r).Where(r => !r.Definition.IsSafety && r.Rule.Constants.Length > 1))
        {
            for (var slot = 0; slot < rule.Rule.Actuators.Length; slot++)
            {
                if (rule.Rule.Constants[0][slot] == rule.Rule.Constants[1][slot])
                {
                    yield return context.At(this, FindingLevel.Warning, rule.Definition,
                        $"'set' and 'otherwise' ask the same of {rule.Definition.Actuators[slot]}, so the rule makes no difference to it; change one of them.", "otherwise");
                }
            }
        }
    }
}
