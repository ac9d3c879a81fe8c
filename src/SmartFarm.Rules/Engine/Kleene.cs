namespace SmartFarm.Rules.Engine;

/// <summary>Strong three-valued logic. S. C. Kleene, Introduction to Metamathematics (1952), §64.</summary>
public static class Kleene
{
    /// <summary>False when one is false, true when both are true, else unknown.</summary>
    public static Truth And(Truth a, Truth b) =>
        a == Truth.False || b == Truth.False ? Truth.False
        : a == Truth.True && b == Truth.True ? Truth.True
        : Truth.Unknown;

    /// <summary>True when one is true, false when both are false, else unknown.</summary>
    public static Truth Or(Truth a, Truth b) => Not(And(Not(a), Not(b)));

    /// <summary>The opposite; unknown stays unknown.</summary>
    public static Truth Not(Truth a) => a switch
    {
        Truth.True => Truth.False,
        Truth.False => Truth.True,
        _ => Truth.Unknown,
    };
}
