using System.Text;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Language;

namespace SmartFarm.Rules.Kinds.Climate;

/// <summary>A latch of a rule that has several, kept as one remembered number: where it stands, and the truth of its start and end for reasons.</summary>
internal static class LatchMemory
{
    /// <summary>Where it stood when it was looked at last.</summary>
    public static Latch Of(in RuleState state, int memory) => double.IsNaN(state.Memory[memory]) ? Latch.Idle : (Latch)((int)state.Memory[memory] & 3);

    /// <summary>Takes the moment in.</summary>
    public static (Latch Latch, bool IsBlind) Look(Latching latching, ref RuleState state, int memory, ref Evaluation at)
    {
        var (latch, isBlind, start, end) = latching.Run(Of(state, memory), ref at);
        state.Memory[memory] = (int)latch | ((int)start << 2) | ((int)end << 4);
        return (latch, isBlind);
    }

    public static void Describe(StringBuilder text, Latching latching, in RuleState state, int memory, ref Evaluation at)
    {
        var bits = double.IsNaN(state.Memory[memory]) ? 0 : (int)state.Memory[memory];
        var (start, end) = ((Truth)((bits >> 2) & 3), (Truth)(bits >> 4));
        latching.Describe(text, new Outcome(Of(state, memory), Ask.Set, IsBlind: false, start, end, 0, 0), ref at);
    }
}
