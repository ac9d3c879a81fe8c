using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using SmartFarm.Pipeline.Storage;
using Xunit;

namespace SmartFarm.Tests.Pipeline;

public sealed class Losses_before_us_are_counted
{
    private static readonly IReadOnlyDictionary<string, JsonNode> All = Testing.Cases.Load("pipeline", "sequence-gaps.json");

    public static TheoryData<string> Names => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void As_the_cases_say(string name)
    {
        var window = default(SequenceWindow);
        var missing = 0L;
        foreach (var take in All[name]["take"]!.AsArray())
        {
            var (seconds, online) = ((long?)take![1], take.AsArray().Count > 2);
            missing += window.Take((long)take[0]!, seconds is { } s ? 1_795_334_400_000 + (s * 1000) : null, online);
        }

        Assert.Equal((long)All[name]["missing"]!, missing);
    }

    [Fact]
    public void Whatever_is_lost_or_swapped_among_neighbours_the_count_is_what_never_came() => Prop.ForAll(
        Gen.Choose(0, 9).ArrayOf(200).ToArbitrary(),
        fates =>
        {
            // 0 and 1 are lost, 2 is swapped with the next; the first and the last come, so that the ends are known.
            var come = Enumerable.Range(0, fates.Length).Where(i => i == 0 || i == fates.Length - 1 || fates[i] > 1).Select(i => (long)i).ToList();
            for (var i = 1; i < come.Count - 2; i++)
            {
                if (fates[(int)come[i]] == 2)
                {
                    (come[i], come[i + 1]) = (come[i + 1], come[i]);
                    i++;
                }
            }

            var window = default(SequenceWindow);
            return come.Sum(number => window.Take(number, 1_795_334_400_000 + (number * 1000), false)) == fates.Length - come.Count;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task In_the_ledger_of_the_device_and_across_a_restart()
    {
        await using var road = await Road.OpenAsync();
        road.SendClimate("""{"ts":"2026-11-22T07:59:01Z","seq":1,"air_temperature":21}""");
        road.SendClimate("""{"ts":"2026-11-22T07:59:05Z","seq":5,"air_temperature":21,"relative_humidity":60}""");
        Assert.Equal(3, (await road.CountsAsync("t1/climate-1")).Missing);

        await using var restarted = await Road.OpenAsync();
        restarted.Intake.Remember(await road.Folder.Ledger.SequencesAsync(default));
        restarted.SendClimate("""[{"ts":"2026-11-22T07:59:07Z","seq":7,"air_temperature":21},{"ts":"2026-11-22T07:59:03Z","seq":3,"air_temperature":21}]""");

        Assert.Equal(0, (await restarted.CountsAsync("t1/climate-1")).Missing);
    }

    [Fact]
    public async Task But_not_by_repeated_messages_nor_by_those_that_a_broker_had_kept()
    {
        await using var road = await Road.OpenAsync();
        road.SendClimate("""{"ts":"2026-11-22T07:59:01Z","seq":1,"air_temperature":21}""");
        road.Send("farm/t1/climate-1/telemetry", """{"ts":"2026-11-22T07:59:09Z","seq":9,"air_temperature":21}""", retained: true);
        road.SendClimate("""{"ts":"2026-11-22T07:59:01Z","seq":1,"air_temperature":21}""");
        road.SendClimate("""{"ts":"2026-11-22T07:59:02Z","seq":2,"air_temperature":21}""");

        Assert.Equal(0, (await road.CountsAsync("t1/climate-1")).Missing);
    }
}
