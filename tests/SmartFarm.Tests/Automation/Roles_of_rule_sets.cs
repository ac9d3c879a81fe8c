using SmartFarm.Pipeline.Automation.Sets;
using Xunit;

namespace SmartFarm.Tests.Automation;

public sealed class Roles_of_rule_sets
{
    [Theory]
    [InlineData("", null, null, null, false)]
    [InlineData("P1", 1, null, null, true)]
    [InlineData("P1 P2", 2, 1, null, true)]
    [InlineData("P1 P2 P2", 2, 1, null, true)]
    [InlineData("P1 P2 R1", 1, null, null, false)]
    [InlineData("P1 P2 P3 R2 R1", 1, null, null, false)]
    [InlineData("P1 P2 R1 P3", 3, 1, null, true)]
    [InlineData("P1 R0", null, null, null, false)]
    [InlineData("P1 S2", 1, null, 2, true)]
    [InlineData("P1 S2 S3", 1, null, 3, true)]
    [InlineData("P1 S2 P2", 2, 1, null, true)]
    [InlineData("P1 S2 P3", 3, 1, 2, true)]
    [InlineData("P1 S2 U2", 1, null, null, true)]
    public void Follow_from_what_was_done(string moves, int? production, int? before, int? shadow, bool mayBeUndoneByItsGuards)
    {
        var roles = RuleSetRoles.Of(moves.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((m, i) => new RuleSetMove(i, Act(m[0]), m[1] - '0', "somebody", "")));

        Assert.Equal((production, before, shadow), (roles.Production, roles.Before, roles.Shadow));
        Assert.Equal(mayBeUndoneByItsGuards ? production : null, roles.Promoted?.Version);
    }

    [Fact]
    public void The_fingerprint_tells_names_and_texts_apart_and_not_the_ends_of_lines()
    {
        static string Of(params (string Name, string Text)[] files) => new RuleSetFiles(files.Select(f => KeyValuePair.Create(f.Name, f.Text))).Fingerprint;

        Assert.Equal(Of(("a", "x\ny"), ("b", "")), Of(("b", ""), ("a", "x\r\ny")));
        Assert.Equal(5, new[] { Of(("a", "x")), Of(("b", "x")), Of(("a", "y")), Of(("a", "x"), ("b", "")), Of() }.Distinct().Count());
    }

    private static RuleSetAct Act(char letter) => Enum.GetValues<RuleSetAct>().Single(act => act.ToString()[0] == letter);
}
