using SmartFarm.Pipeline.Automation.Sets;
using Xunit;

namespace SmartFarm.IntegrationTests.Contracts;

/// <summary>What everything behind <see cref="IRuleSetStore"/> must do.</summary>
public abstract class RuleSetStore_contract
{
    protected abstract IRuleSetStore Store { get; }

    /// <summary>Closes everything and opens it again.</summary>
    protected abstract Task ReopenAsync();

    [Fact]
    public async Task A_version_comes_back_as_it_was_published()
    {
        var files = Files("rules:\n- id: öffne # \"so\"");
        var head = await Store.AddAsync(files, "Aigul", "vents earlier", default);
        await ReopenAsync();

        var found = (await Store.FindAsync(1, default))!;

        Assert.Equal((1, files.Fingerprint, "Aigul", "vents earlier"), (head.Version, head.Fingerprint, head.Author, head.Note));
        Assert.Equal(head, found.Head);
        Assert.Equal(files.Texts, found.Files.Texts);
        Assert.Equal(files.Fingerprint, found.Files.Fingerprint);
        Assert.Null(await Store.FindAsync(2, default));
    }

    [Fact]
    public async Task The_same_files_are_the_same_version_and_other_files_the_next()
    {
        await Store.AddAsync(Files("a"), "Aigul", "first", default);
        var other = await Store.AddAsync(Files("b"), "Bakyt", "", default);
        var again = await Store.AddAsync(Files("a"), "Bakyt", "again", default);

        Assert.Equal((2, 1, "first"), (other.Version, again.Version, again.Note));
        Assert.Equal([2, 1], (await Store.ListAsync(10, default)).Select(h => h.Version));
        Assert.Equal([2], (await Store.ListAsync(1, default)).Select(h => h.Version));
    }

    [Fact]
    public async Task Moves_come_back_in_the_order_in_which_they_were_made()
    {
        RuleSetMove[] moves = [.. Enum.GetValues<RuleSetAct>().Select((act, i) => new RuleSetMove(1000 - i, act, i, $"by {i}", $"reason {i}"))];
        foreach (var move in moves)
        {
            await Store.MoveAsync(move, default);
        }

        await ReopenAsync();

        Assert.Equal(moves, await Store.MovesAsync(default));
    }

    private static RuleSetFiles Files(string text) => new([new("rules/a.yaml", text), new("rules/a.cases.yaml", "cases: []")]);
}
