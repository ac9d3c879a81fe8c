using FsCheck;
using FsCheck.Fluent;
using SmartFarm.Rules.Engine;
using Xunit;

namespace SmartFarm.Tests.Rules;

public sealed class Kleene_logic
{
    private static readonly Truth[] All = [Truth.Unknown, Truth.False, Truth.True];

    /// <summary>The tables of Kleene (1952) §64, in the order Unknown, False, True.</summary>
    private static readonly Truth[,] AndTable =
    {
        { Truth.Unknown, Truth.False, Truth.Unknown },
        { Truth.False, Truth.False, Truth.False },
        { Truth.Unknown, Truth.False, Truth.True },
    };

    private static readonly Truth[,] OrTable =
    {
        { Truth.Unknown, Truth.Unknown, Truth.True },
        { Truth.Unknown, Truth.False, Truth.True },
        { Truth.True, Truth.True, Truth.True },
    };

    [Fact]
    public void And_and_or_follow_the_tables()
    {
        Assert.All(from a in All from b in All select (a, b), pair =>
        {
            Assert.Equal(AndTable[(int)pair.a, (int)pair.b], Kleene.And(pair.a, pair.b));
            Assert.Equal(OrTable[(int)pair.a, (int)pair.b], Kleene.Or(pair.a, pair.b));
        });
    }

    [Fact]
    public void The_laws_hold()
    {
        var truth = Gen.Elements(All).ToArbitrary();
        Prop.ForAll(truth, truth, truth, (a, b, c) =>
            Kleene.Not(Kleene.Not(a)) == a
            && Kleene.And(a, b) == Kleene.And(b, a)
            && Kleene.And(a, Kleene.And(b, c)) == Kleene.And(Kleene.And(a, b), c)
            && Kleene.Not(Kleene.And(a, b)) == Kleene.Or(Kleene.Not(a), Kleene.Not(b))
            && Kleene.And(a, Kleene.Or(b, c)) == Kleene.Or(Kleene.And(a, b), Kleene.And(a, c))
            && Kleene.And(a, Kleene.Or(a, b)) == a).QuickCheckThrowOnFailure();
    }
}
