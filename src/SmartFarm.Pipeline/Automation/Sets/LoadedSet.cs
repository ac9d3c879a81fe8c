using SmartFarm.Rules;

namespace SmartFarm.Pipeline.Automation.Sets;

/// <summary>A rule set that is compiled for the farm and can be put to work. Immutable.</summary>
/// <param name="Version">Its number; 0 when it was never published.</param>
/// <param name="Book">Its rules.</param>
public sealed record LoadedSet(int Version, RuleBook Book);

/// <summary>The rule sets at work. Immutable.</summary>
/// <param name="Production">The one in charge of the actuators.</param>
/// <param name="Shadow">The one beside it that moves nothing; null: none.</param>
public sealed record SetsAtWork(LoadedSet Production, LoadedSet? Shadow);

/// <summary>A rule set cannot be taken. The message is a sentence for who asked; the findings are what is wrong with the rules, each with its place.</summary>
public sealed class RuleSetException(string message, IReadOnlyList<string>? findings = null) : Exception(message)
{
    /// <summary>What is wrong with the rules.</summary>
    public IReadOnlyList<string> Findings { get; } = findings ?? [];
}
