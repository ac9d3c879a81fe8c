using SmartFarm.Domain.Commands;
using SmartFarm.Pipeline.Commands;
using Xunit;

namespace SmartFarm.IntegrationTests.Contracts;

/// <summary>What everything behind <see cref="ICommandLedger"/> must do. The suite works with a limit of 6 commands.</summary>
public abstract class CommandLedger_contract
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 8, 0, 0, TimeSpan.FromHours(5));

    protected abstract ICommandLedger Ledger { get; }

    /// <summary>Closes everything and opens it again.</summary>
    protected abstract Task ReopenAsync();

    [Fact]
    public async Task A_command_comes_back_as_it_was_saved()
    {
        var full = Record(1) with { Rule = "vent-on-heat@7", Detail = "Öffne", PublishedMs = 5, ClosedMs = 7, Stage = CommandStage.Failed };
        var bare = Record(2) with { Command = Record(2).Command with { Unit = null, Duration = null, Target = 1 } };

        await SaveAsync(full, bare);
        await ReopenAsync();

        Assert.Equal(full, await Ledger.FindAsync(full.Command.Id, default));
        Assert.Equal(bare, await Ledger.FindAsync(bare.Command.Id, default));
        Assert.Null(await Ledger.FindAsync(Guid.Empty, default));
    }

    [Fact]
    public async Task A_newer_state_replaces_the_older_and_keeps_its_place()
    {
        var first = Record(1);
        await SaveAsync(first, Record(2));

        var done = first with { Stage = CommandStage.Succeeded, Detail = "done", PublishedMs = 10, ClosedMs = 20 };
        await SaveAsync(first with { Stage = CommandStage.Published, PublishedMs = 10 }, done);

        Assert.Equal(done, await Ledger.FindAsync(first.Command.Id, default));
        Assert.Equal([2, 1], await SeqsAsync(Ledger.RecentAsync(10, default)));
    }

    [Theory]
    [MemberData(nameof(Stages))]
    public async Task A_command_is_open_until_it_has_an_outcome(CommandStage stage)
    {
        var record = Record(1) with { Stage = stage };
        await SaveAsync(record);
        await ReopenAsync();

        Assert.Equal(record.IsOpen ? new List<long> { 1 } : [], await SeqsAsync(Ledger.OpenAsync(default)));
    }

    [Fact]
    public async Task Open_ones_come_oldest_first_and_recent_ones_newest_first()
    {
        await SaveAsync(Record(1), Record(2) with { Stage = CommandStage.Rejected }, Record(3), Record(4));

        Assert.Equal([1, 3, 4], await SeqsAsync(Ledger.OpenAsync(default)));
        Assert.Equal([4, 3], await SeqsAsync(Ledger.RecentAsync(2, default)));
    }

    [Fact]
    public async Task The_last_of_every_actuator_is_known_open_or_not()
    {
        await SaveAsync(Record(1), Record(2, "heater"), Record(3) with { Stage = CommandStage.Expired }, Record(4) with { Zone = "gh2" });
        await ReopenAsync();

        var last = await Ledger.LastByActuatorAsync(default);

        Assert.Equal(
            new Dictionary<string, long> { ["s/gh1/roof_vent"] = 3, ["s/gh1/heater"] = 2, ["s/gh2/roof_vent"] = 4 },
            last.ToDictionary(l => l.Key, l => l.Value.Command.Seq));
    }

    [Fact]
    public async Task At_the_limit_the_oldest_closed_go_but_not_the_last_of_an_actuator()
    {
        await SaveAsync(Record(1, "heater") with { Stage = CommandStage.Succeeded }, Record(2));
        for (var i = 3; i <= 12; i++)
        {
            await SaveAsync(Record(i) with { Stage = CommandStage.Succeeded });
        }

        Assert.Equal([12, 11, 10, 9, 8, 7, 2, 1], await SeqsAsync(Ledger.RecentAsync(100, default)));
    }

    public static TheoryData<CommandStage> Stages() => [.. Enum.GetValues<CommandStage>()];

    private static CommandRecord Record(int seq, string actuator = "roof_vent")
    {
        var issued = Start.AddTicks(seq);
        var command = new Command(Guid.CreateVersion7(issued), actuator, 40.25, "%", TimeSpan.FromTicks(12345), seq, issued, issued.AddMinutes(1), "rule vent-on-heat@7");
        return new CommandRecord(command, "s", "gh1", "ctrl-1", null, CommandStage.Requested, "", null, null);
    }

    private static async Task<List<long>> SeqsAsync(ValueTask<IReadOnlyList<CommandRecord>> records) => [.. (await records).Select(r => r.Command.Seq)];

    private async Task SaveAsync(params CommandRecord[] records)
    {
        foreach (var record in records)
        {
            await Ledger.SaveAsync(record, default);
        }
    }
}
