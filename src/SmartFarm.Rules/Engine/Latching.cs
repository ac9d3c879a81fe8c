using System.Text;
using SmartFarm.Rules.Language;

namespace SmartFarm.Rules.Engine;

/// <summary>A start and an end with three answers: unknown starts nothing and ends nothing.</summary>
internal sealed class Latching(Expression when, Expression? until)
{
    public IEnumerable<Expression> Conditions => until is null ? [when] : [when, until];

    /// <summary>Where it stands now, and whether it cannot see.</summary>
    public (Latch Latch, bool IsBlind, Truth Start, Truth End) Run(Latch latch, ref Evaluation at)
    {
        var start = when.Evaluate(ref at);
        var end = until?.Evaluate(ref at) ?? new Verdict(Kleene.Not(start.Held), Kleene.Not(start.Now));
        if (latch != Latch.On && start.Held == Truth.True)
        {
            latch = Latch.On;
        }
        else if (latch != Latch.Off && end.Held == Truth.True && start.Held != Truth.True)
        {
            latch = Latch.Off;
        }

        var isBlind = latch switch
        {
            Latch.On => end.Now == Truth.Unknown,
            Latch.Off => start.Now == Truth.Unknown,
            _ => start.Now == Truth.Unknown || end.Now == Truth.Unknown,
        };
        return (latch, isBlind, start.Now, end.Now);
    }

    public void Describe(StringBuilder text, in Outcome outcome, ref Evaluation at)
    {
        switch (outcome)
        {
            case { Latch: Latch.On, Start: not Truth.True } when until is not null:
                text.Append("on until ");
                until.Describe(text, ref at);
                break;
            case { Latch: Latch.Off, End: Truth.True, IsBlind: false } when until is not null:
                until.Describe(text, ref at);
                break;
            case { Latch: Latch.Idle }:
                text.Append("not yet known to be on or off: ");
                when.Describe(text, ref at);
                break;
            default:
                when.Describe(text, ref at);
                break;
        }
    }

    public override string ToString() => $"{when}\n{until}";
}
