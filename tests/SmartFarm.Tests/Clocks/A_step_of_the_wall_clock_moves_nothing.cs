using System.Globalization;
using System.Text.Json.Nodes;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Clocks;

/// <summary>Whole scenarios through pipeline, rules and desk, compared with the run whose clock was left alone.</summary>
public sealed class A_step_of_the_wall_clock_moves_nothing
{
    private static readonly IReadOnlyDictionary<string, JsonNode> All = Cases.Load("clock", "wall-clock.json");

    public static TheoryData<string> Names => [.. All.Keys];

    [Fact]
    public async Task The_undisturbed_run_is_worth_comparing_with()
    {
        var moves = await RunAsync("true", ClockFarm.TrueStart, []);

        // The vent opens two minutes into the heat and closes two minutes into the cool, the silence between changes nothing; the heater keeps its
        // least times of three minutes; the long silence ends in the safe state: the value of 1590 s holds for 30 s, the rule for three minutes more.
        Assert.Equal(
            [
                "0 s: air_temperature usable",
                "720 s: roof_vent to 60, number 1",
                "800 s: air_temperature not usable",
                "840 s: air_temperature usable",
                "1120 s: roof_vent to 0, number 2",
                "1200 s: heater to 1, number 1",
                "1385 s: heater to 0, number 2",
                "1570 s: heater to 1, number 3",
                "1620 s: air_temperature not usable",
                "1800 s: heater to 0, number 4",
            ],
            moves.Where(m => m.Contains(" s: ", StringComparison.Ordinal)));
        Assert.All(moves.Where(m => m.Contains("ended", StringComparison.Ordinal)), m => Assert.EndsWith("Succeeded", m));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task As_the_cases_say(string name)
    {
        var given = All[name];
        var boot = (string?)given["boot"] is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture) : ClockFarm.TrueStart;
        var steps = (given["steps"]?.AsArray() ?? []).ToDictionary(s => (int)s![0]!, s => TimeSpan.Parse((string)s![1]!, CultureInfo.InvariantCulture));

        var moves = await RunAsync((string)given["devices"]!, boot, steps);

        if ((string)given["expect"]! == "nothing")
        {
            Assert.Equal(["0 s: air_temperature not usable"], moves);
            return;
        }

        var undisturbed = await RunAsync((string)given["devices"]!, ClockFarm.TrueStart, []);
        Assert.Equal(undisturbed.SkipWhile(IsWarmingUp), moves.SkipWhile(IsWarmingUp));
    }

    /// <summary>A run that boots with a wrong clock may rely on its sensors only when that is set, in the first minute.</summary>
    private static bool IsWarmingUp(string move) => move.EndsWith("usable", StringComparison.Ordinal) && int.Parse(move.Split(' ')[0], CultureInfo.InvariantCulture) < 60;

    private static async Task<List<string>> RunAsync(string devices, DateTimeOffset boot, Dictionary<int, TimeSpan> steps)
    {
        await using var farm = new ClockFarm(boot);
        await farm.RunAsync(devices, steps);
        return farm.Moves;
    }
}
