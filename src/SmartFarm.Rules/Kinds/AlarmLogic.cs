using System.Text;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Language;

namespace SmartFarm.Rules.Kinds;

/// <summary>On from <c>when</c> until <c>until</c>, and, when it says so, after it has been blind for some time.</summary>
/// <param name="latching">Its start and end.</param>
/// <param name="blindForMs">Raised when it has been blind for so long; null: never for that.</param>
internal sealed class AlarmLogic(Latching latching, long? blindForMs) : RuleLogic
{
    private const int Stands = 0;
    private const int BlindSince = 1;

    public override IEnumerable<Expression> Conditions => latching.Conditions;

    /// <summary>Whether it is raised by blindness too: its condition may then be one that is never true.</summary>
    public bool WatchesForBlindness => blindForMs is not null;

    public override int Memory => 2;

    public override bool HasAlarm => true;

    public override LogicResult Run(ZoneRule rule, ref RuleState state, ref Evaluation at)
    {
        var before = double.IsNaN(state.Memory[Stands]) ? Latch.Idle : (Latch)state.Memory[Stands];
        var (latch, isBlind, start, end) = latching.Run(before, ref at);
        state.Memory[Stands] = (double)latch;
        return new LogicResult(latch != Latch.On && IsBlindForTooLong(ref state, isBlind, ref at) ? Latch.On : latch, Ask.Nothing, isBlind, start, end);
    }

    public override void Describe(StringBuilder text, ZoneRule rule, in RuleState state, ref Evaluation at) => latching.Describe(text, state.Outcome, ref at);

    public override string ToString() => $"{latching}\n{blindForMs}";

    private bool IsBlindForTooLong(ref RuleState state, bool isBlind, ref Evaluation at)
    {
        if (!isBlind || blindForMs is not { } longest)
        {
            state.Memory[BlindSince] = double.NaN;
            return false;
        }

        if (state.Time(BlindSince) is not { } since)
        {
            state.SetTime(BlindSince, at.NowMs);
            since = at.NowMs;
        }

        at.Due(since + longest);
        return at.NowMs >= since + longest;
    }
}
