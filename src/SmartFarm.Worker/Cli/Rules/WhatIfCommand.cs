using System.CommandLine;
using SmartFarm.Worker.Reports;
using SmartFarm.Worker.Settings;
using SmartFarm.Worker.Trials.Loop;
using SmartFarm.Worker.Trials.WhatIf;

namespace SmartFarm.Worker.Cli.Rules;

/// <summary><c>smartfarm rules whatif SCENARIO</c>: rule sets side by side in the simulated house.</summary>
internal static class WhatIfCommand
{
    private const int MostSeeds = 1000;

    public static Command Create()
    {
        var common = new CommonOptions();
        var report = new ReportOptions();
        var scenario = new Argument<string>("scenario") { Description = $"What happens: {string.Join(", ", ShippedScenarios.Names)}, or a scenario file." };
        var with = new Option<string[]>("--with") { Description = "Other rules to try beside those of the farm: a folder with rules/ in it, or a rule file. May be given several times." };
        var thermostat = new Option<bool>("--thermostat") { Description = "Also try a plain on/off thermostat." };
        var seed = new Option<int>("--seed") { Description = "Chance of weather, houses and noise; the same seed gives the same run.", DefaultValueFactory = _ => 1 };
        var seeds = new Option<int>("--seeds") { Description = $"How many runs, with seeds from --seed on (1 to {MostSeeds}).", DefaultValueFactory = _ => 1 };
        var faults = new Option<bool>("--faults") { Description = "Let faults of sensors, drives, nodes and houses happen by chance, others with each seed." };
        var command = new Command("whatif", "Play rule sets against the simulated house, side by side: climate kept, energy, water, CO2, movements, alarms.")
        {
            scenario, with, thermostat, seed, seeds, faults, common.Farm,
        };
        report.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            var count = parsed.GetValue(seeds) is >= 1 and <= MostSeeds and var n ? n : throw new SettingsException($"--seeds is {parsed.GetValue(seeds)}; give 1 to {MostSeeds}.");
            var folder = common.Settings(parsed).Farm;
            var (farm, rules) = FarmFolder.Require(folder);
            List<Candidate> candidates = [new Candidate(Path.GetFileName(Path.GetFullPath(folder)), rules)];
            candidates.AddRange((parsed.GetValue(with) ?? []).Select(path => Candidate.Load(path, farm)));
            if (parsed.GetValue(thermostat))
            {
                candidates.Add(Candidate.Thermostat(farm));
            }

            var story = ShippedScenarios.Load(parsed.GetRequiredValue(scenario), farm);
            var written = Write(parsed, report, story, candidates, [.. Enumerable.Range(parsed.GetValue(seed), count).Select(s => (long)s)], parsed.GetValue(faults), cancellationToken);
            return Task.FromResult(written.Tone == Tone.Bad ? ExitCodes.Findings : ExitCodes.Fine);
        });
        return command;
    }

    private static Report Write(
        ParseResult parsed, ReportOptions options, Simulator.Scenarios.Scenario scenario, List<Candidate> candidates, IReadOnlyList<long> seeds, bool faults, CancellationToken cancellationToken)
    {
        var story = LoopStory.Of(scenario);
        LoopStory Told(long seed) => faults ? FaultLottery.Add(story, seed) : story;
        var results = LongRun.Run(scenario.Title, progress => WhatIf.Run(Told, candidates, seeds, progress, cancellationToken));
        var report = WhatIfReport.Of(scenario.Title, candidates, results, seeds);
        options.Write(parsed, report);
        return report;
    }
}
