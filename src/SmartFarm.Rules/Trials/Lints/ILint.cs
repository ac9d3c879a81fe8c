namespace SmartFarm.Rules.Trials.Lints;

/// <summary>A check of rules that load but may not do what is meant. One file and one line in <see cref="RuleLints"/> add one. Without state.</summary>
internal interface ILint
{
    /// <summary>Its name, which stands behind each of its findings.</summary>
    string Name { get; }

    /// <summary>Everything it has to say.</summary>
    IEnumerable<Finding> Look(LintContext context);
}
