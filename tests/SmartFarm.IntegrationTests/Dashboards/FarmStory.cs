using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.IntegrationTests.Scenarios;
using SmartFarm.Pipeline.Automation;
using SmartFarm.Pipeline.Automation.Sets;
using SmartFarm.Pipeline.Rollup;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Simulator;
using SmartFarm.Simulator.Faults;
using SmartFarm.Simulator.LockStep;
using SmartFarm.Simulator.Scenarios;
using SmartFarm.Testing;
using SmartFarm.Worker.Cli;

namespace SmartFarm.IntegrationTests.Dashboards;

/// <summary>
/// Ten hours of a day in May, played to a worker that writes to a database: frost at night, sun at noon, and everything that a dashboard has a panel for.
/// Sensors say nonsense or nothing, a drive does not obey, somebody takes a vent in hand, and a second rule set runs in shadow; in both houses.
/// </summary>
internal static class FarmStory
{
    private static readonly DateTimeOffset Start = new(2026, 5, 9, 23, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);
    /// <summary>Where the bands of the recipe end, and bands that it has none for.</summary>
    private const string LastBand = " .. 1.6 kPa\"\n";

    private const string MoreBands = LastBand + """
            relative_humidity: 60 % .. 88 %
            co2: 350 ppm .. 1200 ppm
            soil_moisture: 50 % .. 80 %
            substrate_ec: 2 dS/m .. 4.5 dS/m
            soil_temperature: 15 °C .. 25 °C
            ph: 5.2 .. 6.5
            dli: 10 mol/m2 .. 30 mol/m2

        """;

    private static readonly string[] Zones = ["gh1", "gh2"];

    /// <summary>When it is over.</summary>
    public static DateTimeOffset End { get; } = Start.AddHours(10);

    /// <summary>Plays it; completes when the database has all of it.</summary>
    public static async Task PlayAsync(Uri influx)
    {
        using var folder = new TempFolder();
        var rules = Write(folder);
        await using var stage = new Stage(folder.Path, Start) { Influx = influx };
        await stage.StartAsync(Server.Broker, default);
        await stage.StartAsync(Server.Worker, default);
        var clock = new SteppedTime(Start);
        var options = new SimulationOptions { IsStepped = true, Seed = 7, Faults = [.. Zones.SelectMany(Faults)] };
        await using var field = new SimulatedFarm(FarmFolder.Require(folder.Path).Farm, stage.Broker, options, clock, NullLoggerFactory.Instance, TimeProvider.System);
        await using var master = new ClockMaster(stage.Broker, "farm", Stage.RunName, TimeSpan.FromSeconds(60), TimeProvider.System, NullLoggerFactory.Instance);
        var run = new LockStepRun(field, clock, master);
        await run.StartAsync(default);

        await PassAsync(run, clock, Start.AddHours(2));
        await ShadowAsync(stage.Worker.GetRequiredService<RuleSets>(), rules);
        await PassAsync(run, clock, Start.AddHours(5));
        var taken = Zones.Select(z => Ask(stage.Worker, new ZoneNote.Overridden("s1", z, "roof_vent", 30, "aigul", "painting the gutter", TimeSpan.FromHours(4)))).ToArray();
        await PassAsync(run, clock, Start.AddHours(6));
        await Task.WhenAll(taken);
        await PassAsync(run, clock, End);

        await run.StopAsync(default);
        await WrittenAsync(stage.Worker);
    }

    private static Dictionary<string, string> Write(TempFolder folder)
    {
        var recipe = Directory.GetFiles(Repository.PathOf("src", "SmartFarm.Worker", "Recipes", "tomato", "rules"));
        var rules = recipe.Append(Repository.PathOf("tests", "cases", "dashboards", "farm", "rules", "watch.yaml"))
            .ToDictionary(f => $"rules/{Path.GetFileName(f)}", f =>
                File.ReadAllText(f).Replace("zones: [gh1]", "zones: [gh1, gh2]", StringComparison.Ordinal).Replace(LastBand, MoreBands, StringComparison.Ordinal));
        Directory.CreateDirectory(folder.File("rules"));
        File.Copy(Repository.PathOf("tests", "cases", "dashboards", "farm", "farm.yaml"), folder.File("farm.yaml"));
        foreach (var (name, text) in rules)
        {
            File.WriteAllText(folder.File(name), text);
        }

        return rules;
    }

    private static IEnumerable<FaultSpec> Faults(string zone)
    {
        var number = zone[^1];
        yield return Fault("sentinel", from: 1, to: 2) with { Device = $"climate-{number}b", Quantity = "relative_humidity" };
        yield return Fault("power_cut", from: 9, to: 12) with { Device = $"climate-{number}b" };
        yield return Fault("no_power_at_contactor", from: 3, to: 7) with { Controller = $"ctrl-{number}", Actuator = "co2_valve" };
        yield return Fault("stuck", from: 4, to: 6) with { Controller = $"ctrl-{number}", Actuator = "roof_vent" };
    }

    private static FaultSpec Fault(string kind, int from, int to) =>
        new() { Kind = kind, Site = "s1", Window = new FaultWindow(Start.AddHours(from), Start.AddHours(to)), Seed = 7 };

    private static async Task PassAsync(LockStepRun run, SteppedTime clock, DateTimeOffset end)
    {
        while (clock.GetUtcNow() < end)
        {
            await run.StepAsync(Step, default);
        }
    }

    /// <summary>The same rules with a cooler vent run beside those in charge: they differ all day.</summary>
    private static async Task ShadowAsync(RuleSets sets, Dictionary<string, string> rules)
    {
        var inCharge = await sets.PublishAsync(new RuleSetFiles(rules), "aigul", "as they are", default);
        await sets.PromoteAsync(inCharge.Version, "aigul", "as they are", default);
        var cooler = new RuleSetFiles(rules.Select(r => KeyValuePair.Create(r.Key, r.Value.Replace("heating + 2 K", "heating + 1 K", StringComparison.Ordinal))));
        var candidate = await sets.PublishAsync(cooler, "aigul", "cooler by day", default);
        await sets.ShadowAsync(candidate.Version, "aigul", "to compare", default);
    }

    /// <summary>Answered while time passes.</summary>
    private static Task Ask(IServiceProvider worker, ZoneNote note) => worker.GetRequiredService<ZoneInbox>().AskAsync(note, default);

    private static async Task WrittenAsync(IServiceProvider worker)
    {
        await StoreMark.Set(worker.GetRequiredService<StoreRunner>()).Reached;
        var spool = worker.GetRequiredService<ISpool>();
        await Eventually.Is(async () => await spool.DepthAsync(default), depth => depth.Chunks == 0);
        await worker.GetRequiredService<RollupWorker>().RollUpAsync(default);
    }
}
