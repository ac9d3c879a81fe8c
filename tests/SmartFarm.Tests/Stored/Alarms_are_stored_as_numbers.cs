using SmartFarm.Pipeline.Alarms;
using SmartFarm.Pipeline.Storage;
using Xunit;

namespace SmartFarm.Tests.Stored;

/// <summary>Red when a dashboard could count an alarm that is over, miss one that holds, or show each repetition as news.</summary>
public sealed class Alarms_are_stored_as_numbers : IAsyncDisposable
{
    private static readonly AlarmKey Heater = new("t1", "gh1", "command_failed", "heater");
    private static readonly AlarmKey Vent = Heater with { Subject = "roof_vent" };
    private readonly StatusFarm _farm = new("farm: f\nsites: [{ id: t1, name: T, zones: [{ id: gh1, name: G }] }]");

    [Fact]
    public async Task A_row_tells_whether_one_of_its_alarms_holds_and_whether_somebody_knows_of_all()
    {
        Do(() => _farm.Alarms.Raise(Heater, "warning", "It failed."));
        Do(() => _farm.Alarms.Acknowledge(Heater.Id, "aigul", ""));
        Do(() => _farm.Alarms.Raise(Vent, "warning", "It failed."));
        Do(() => _farm.Alarms.Clear(Heater, "It went."));
        Do(() => _farm.Alarms.Clear(Vent, "It went."));

        Assert.Equal(
            ["raised 1 0", "acknowledged 1 1", "raised 1 0", "cleared 1 0", "cleared 0 0"],
            (await RowsAsync()).Select(r => $"{r.Texts["state"]} {r.Numbers["raised"]} {r.Numbers["acknowledged"]}"));
    }

    [Fact]
    public async Task One_that_gets_worse_no_longer_holds_as_what_it_was()
    {
        Do(() => _farm.Alarms.Raise(Heater, "warning", "It failed."));
        Do(() => _farm.Alarms.Raise(Heater, "critical", "It failed again."));

        var rows = await RowsAsync();
        Assert.Equal((0, 1), (Last("warning"), Last("critical")));
        double Last(string severity) => rows.Last(r => r.Texts["severity"] == severity).Numbers["raised"];
    }

    [Fact]
    public async Task What_holds_is_said_again_with_its_text_and_not_as_news()
    {
        Do(() => _farm.Alarms.Raise(Heater, "warning", "It failed."));
        Do(() => _farm.Alarms.Raise(Vent, "warning", "It is stuck."));
        Do(() => _farm.Alarms.Raise(Vent with { Code = "frost" }, "critical", "2 °C"));
        Do(() => _farm.Alarms.Clear(Vent with { Code = "frost" }, "It went."));
        Do(() => _farm.Alarms.Happened(Vent with { Code = "clock_step" }, "warning", "It was stepped."));
        Do(_farm.Alarms.SayAgain);

        var again = Assert.Single(await RowsAsync(), r => !r.Texts.ContainsKey("state"));
        Assert.Equal(("It is stuck. (and 1 more)", "command_failed", 1), (again.Texts["text"], again.Texts["code"], again.Numbers["raised"]));
        Assert.Equal(5, again.Numbers["held_s"]);
        Assert.Equal(0, (await RowsAsync()).Last(r => r.Texts["code"] == "clock_step").Numbers["raised"]);
    }

    public async ValueTask DisposeAsync() => await _farm.DisposeAsync();

    private Task<IReadOnlyList<HistoryRow>> RowsAsync() => _farm.RowsAsync(Schema.Alarm, "state", "text", "raised", "acknowledged", "held_s");

    private void Do(Action action)
    {
        _farm.Clock.Advance(TimeSpan.FromSeconds(1));
        action();
    }
}
