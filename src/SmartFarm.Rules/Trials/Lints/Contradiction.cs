using SmartFarm.Configuration.Values;

namespace SmartFarm.Rules.Trials.Lints;

/// <summary>
/// Two rules of one level that look at the same values, can be on at once and ask different things of one actuator, neither being the stricter of the two: which
/// one gets it hangs on the order of the file, not on a thought.
/// </summary>
internal sealed class Contradiction : ILint
{
    public string Name => "contradiction";

    public IEnumerable<Finding> Look(LintContext context)
    {
        foreach (var rules in context.Thresholds)
        {
            for (var i = 0; i < rules.Count; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    if (Between(rules[j], rules[i]) is { } actuator)
                    {
                        var thing = rules[i].Zone.Actuators[actuator];
                        yield return context.At(this, FindingLevel.Warning, rules[i].Definition,
                            $"This rule asks {thing.Id} {Targets.Format(thing, rules[i].Asks(actuator))} and {rules[j].Called} asks {Targets.Format(thing, rules[j].Asks(actuator))}, and both can be on at once; move the bounds apart so that one ends before the other begins.", "when");
                    }
                }
            }
        }
    }

    /// <summary>The actuator that two rules contradict each other about; null when there is none.</summary>
    private static int? Between(ThresholdRule first, ThresholdRule second)
    {
        if (first.Definition.Level != second.Definition.Level || !first.Start.Values.SetEquals(second.Start.Values)
            || first.Start.IsEmpty || second.Start.IsEmpty
            || !(first.Start.Meets(second.On) || second.Start.Meets(first.On)))
        {
            return null;
        }

        var isEqual = first.Start.Contains(second.Start) && second.Start.Contains(first.Start);
        if (!isEqual && (first.Start.Contains(second.Start) || second.Start.Contains(first.Start)))
        {
            return null;
        }

        for (var actuator = 0; actuator < first.Zone.Actuators.Count; actuator++)
        {
            var (a, b) = (first.Asks(actuator), second.Asks(actuator));
            if (!double.IsNaN(a) && !double.IsNaN(b) && a != b)
            {
                return actuator;
            }
        }

        return null;
    }
}
