namespace SmartFarm.Rules.Engine;

/// <summary>Three-valued truth (Kleene): what is stale, flagged or missing is Unknown, and Unknown never starts anything.</summary>
public enum Truth : byte
{
    /// <summary>Not known.</summary>
    Unknown,

    /// <summary>Known to be false.</summary>
    False,

    /// <summary>Known to be true.</summary>
    True,
}
