namespace SmartFarm.Rules.Trials.Lints;

/// <summary>Rules that stand behind another that is always on when they are, of the same level and for the same actuators: they never get any.</summary>
internal sealed class NeverWins : ILint
{
    public string Name => "never-wins";

    public IEnumerable<Finding> Look(LintContext context)
    {
        foreach (var rules in context.Thresholds)
        {
            for (var i = 0; i < rules.Count; i++)
            {
                var later = rules[i];
                if (Enumerable.Range(0, later.Zone.Actuators.Count).Where(a => !double.IsNaN(later.Asks(a))).ToArray() is not { Length: > 0 } asked || later.Start.IsEmpty)
                {
                    continue;
                }

                var before = rules.Take(i).FirstOrDefault(earlier => earlier.Definition.Level == later.Definition.Level && earlier.Held <= later.Held
                    && earlier.Start.Contains(later.Start) && earlier.On.Contains(later.On) && asked.All(a => !double.IsNaN(earlier.Asks(a))));
                if (before is not null)
                {
                    yield return context.At(this, FindingLevel.Warning, later.Definition,
                        $"Whenever this rule is on, {before.Called} is on too and stands before it, so it never gets {string.Join(", ", asked.Select(a => later.Zone.Actuators[a].Id))}; put the stricter rule first.", "when");
                }
            }
        }
    }
}
