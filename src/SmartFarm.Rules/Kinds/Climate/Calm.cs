using SmartFarm.Rules.Engine;

namespace SmartFarm.Rules.Kinds.Climate;

/// <summary>Keeps continuous rules from going on and off with the noise of a sensor.</summary>
internal static class Calm
{
    /// <summary>A share of the output below which a rule does not begin to act; it acts on until its share is 0.</summary>
    private const double LeastShare = 0.02;

    public static double Share(Latch before, double share) => before == Latch.On || share >= LeastShare ? share : 0;

    /// <summary>While it does not act, it asks for its rest position and gives way to rules that act.</summary>
    public static LogicResult Result(bool acts) => acts
        ? new LogicResult(Latch.On, Ask.Set, IsBlind: false, Truth.True, Truth.False)
        : new LogicResult(Latch.Off, Ask.Otherwise, IsBlind: false, Truth.False, Truth.True);

    public static LogicResult Blind(in RuleState state) => new(state.Outcome.Latch, state.Outcome.Ask, IsBlind: true, Truth.Unknown, Truth.Unknown);
}

/// <summary>Whether a rule has what it asks for.</summary>
internal static class Owns
{
    /// <summary>At least one of its actuators was not lost to another when it was decided last.</summary>
    public static bool Any(in RuleState state)
    {
        var all = (1UL << state.Asks.Length) - 1;
        return (state.Outcome.Lost & all) != all;
    }
}
