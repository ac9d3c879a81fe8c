namespace SmartFarm.Rules.Engine;

/// <summary>Somebody's claim to an actuator.</summary>
/// <param name="Target">Where it is to be.</param>
/// <param name="Authority">On whose authority.</param>
/// <param name="Rule">Index of the rule, or one of the constants below.</param>
/// <param name="Asked">What was asked before a limit cut it; null when none did.</param>
/// <param name="Other">The actuator that stands in the way, for <see cref="Group"/>.</param>
internal readonly record struct Claim(double Target, Authority Authority, int Rule, double? Asked = null, string? Other = null)
{
    /// <summary>A person claims it.</summary>
    public const int Person = -2;

    /// <summary>Nobody does: it stays where it is.</summary>
    public const int Nobody = -3;

    /// <summary>Another actuator of its exclusive group is at work.</summary>
    public const int Group = -4;

    /// <summary>Those who would take it over are blind: it goes to its safe state.</summary>
    public const int Blind = -5;
}
