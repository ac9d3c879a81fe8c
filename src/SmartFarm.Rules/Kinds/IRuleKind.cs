using SmartFarm.Configuration.Yaml;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Loading;

namespace SmartFarm.Rules.Kinds;

/// <summary>A kind of rule: how it is written. One file and one line in <see cref="RuleKinds"/> add one. Without state of its own.</summary>
internal interface IRuleKind
{
    /// <summary>The word after <c>kind:</c>.</summary>
    string Name { get; }

    /// <summary>How long it keeps what it asked for while it is blind, when the rule does not say.</summary>
    TimeSpan DefaultHold => TimeSpan.FromMinutes(10);

    /// <summary>Where its actuators are named: they say which zones a rule is for that names none.</summary>
    IEnumerable<YamlScalar> Actuators(YamlMap map);

    /// <summary>Reads a rule; null when something was reported that leaves nothing to run.</summary>
    RuleLogic? Read(RuleContext context);
}
