using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Simulator.LockStep;
using SmartFarm.Simulator.Scenarios;
using SmartFarm.Testing;
using SmartFarm.Testing.Servers;
using Xunit;

namespace SmartFarm.IntegrationTests.Scenarios;

/// <summary>Every scenario of the library, played to the worker over MQTT: it does what the scenario expects of it.</summary>
public sealed class The_library_of_scenarios
{
    private static readonly string Library = Repository.PathOf("simulators", "scenarios");

    public static TheoryData<string> Names => [.. ScenarioLoader.Names(Library)];

    [Fact]
    public void Has_at_least_twenty_stories() => Assert.InRange(Names.Count, 20, 100);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Goes_as_expected(string name)
    {
        var scenario = ScenarioLoader.Load(Library, name);
        var cancellationToken = TestContext.Current.CancellationToken;
        var takesBroker = scenario.Events.OfType<ScenarioEvent.ServerMoved>().Any(e => e.Server == Server.Broker);
        Assert.SkipWhen(takesBroker && !Mosquitto.IsInstalled, "mosquitto is not installed; the broker inside the worker cannot be restarted without it.");
        await using var stage = new Stage(scenario.FarmFolder, scenario.Start, takesBroker);
        await stage.StartAsync(Server.Broker, cancellationToken);
        await stage.StartAsync(Server.Worker, cancellationToken);
        await using var run = new ScenarioRun(scenario, stage.Broker, "farm", stage.Url, Stage.RunName, stage, TimeProvider.System, NullLoggerFactory.Instance);

        var watch = Stopwatch.StartNew();
        var verdicts = await run.RunAsync(new Pacer(double.PositiveInfinity, TimeProvider.System), cancellationToken);

        TestContext.Current.TestOutputHelper?.WriteLine($"{scenario.Duration} passed in {watch.Elapsed.TotalSeconds:0.0} s.");
        var otherwise = verdicts.Where(v => v.Otherwise is not null).Select(v => $"{v.Says} But {v.Otherwise}.");
        Assert.True(verdicts.All(v => v.Otherwise is null), string.Join(Environment.NewLine, otherwise));
    }
}
