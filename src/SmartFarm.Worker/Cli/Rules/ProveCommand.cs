using System.CommandLine;
using System.Text;
using SmartFarm.Configuration.Values;
using SmartFarm.Rules;
using SmartFarm.Worker.Reports;
using SmartFarm.Worker.Settings;
using SmartFarm.Worker.Trials.Loop;
using SmartFarm.Worker.Trials.Prove;
using SmartFarm.Worker.Trials.WhatIf;

namespace SmartFarm.Worker.Cli.Rules;

/// <summary><c>smartfarm rules prove</c>: searches seeds, weather and faults for a run that breaks an invariant.</summary>
internal static class ProveCommand
{
    private const int MostStories = 100_000;
    private static readonly DateTimeOffset FirstStart = new(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(5));
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(20);

    public static Command Create()
    {
        var common = new CommonOptions();
        var report = new ReportOptions();
        var with = new Option<string?>("--with") { Description = "Rules to search instead of those of the farm: a folder with rules/ in it, or a rule file." };
        var invariants = new Option<string?>("--invariants") { Description = $"What must never be so (default: {Invariants.FileName} in the farm folder)." };
        var stories = new Option<int>("--stories") { Description = $"How many stories are played (1 to {MostStories}).", DefaultValueFactory = _ => 200 };
        var length = new Option<string>("--for") { Description = "How long each lasts.", DefaultValueFactory = _ => "36 h" };
        var seed = new Option<int>("--seed") { Description = "Seed of the first story.", DefaultValueFactory = _ => 1 };
        var saved = new Option<string?>("--case") { Description = "Also write the counter-example to this .cases.yaml file." };
        var command = new Command("prove", "Search seeds, weather and faults for a run that breaks a declared invariant, and print the shortest counter-example found.")
        {
            with, invariants, stories, length, seed, saved, common.Farm,
        };
        report.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            var folder = common.Settings(parsed).Farm;
            var (farm, own) = FarmFolder.Require(folder);
            var rules = parsed.GetValue(with) is { } path ? Candidate.Load(path, farm).Book : own;
            var declared = Declared(parsed.GetValue(invariants), folder, farm);
            var count = parsed.GetValue(stories) is >= 1 and <= MostStories and var n ? n : throw new SettingsException($"--stories is {parsed.GetValue(stories)}; give 1 to {MostStories}.");
            var span = Durations.TryParse(parsed.GetValue(length)!, out var d) && d >= TimeSpan.FromMinutes(10) && d <= TimeSpan.FromDays(31)
                ? d
                : throw new SettingsException($"--for is '{parsed.GetValue(length)}'; give 10 min to 31 d.");
            var usual = new LoopStory { Farm = farm, Site = farm.Sites[0], Start = FirstStart, Duration = span, Step = Step, DaysBefore = 1 };
            var prover = new Prover(usual, rules, declared);
            var found = LongRun.Run($"{count} stories", progress => prover.Search(parsed.GetValue(seed), count, progress, cancellationToken));
            string[] names = [.. declared?.Zones.SelectMany(z => z.Sources).Select(s => s.Split('@')[0]).Distinct(StringComparer.Ordinal) ?? []];
            var written = found is null ? ProveReport.Nothing(count, span, names) : ProveReport.Found(found, usual.Site, count, span, names);
            report.Write(parsed, written);
            if (parsed.GetValue(saved) is { } file && written.Blocks.OfType<ReportListing>().FirstOrDefault(b => b.Key == "case") is { } listing)
            {
                File.WriteAllText(file, listing.Text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            }

            return Task.FromResult(found is null ? ExitCodes.Fine : ExitCodes.Findings);
        });
        return command;
    }

    private static RuleBook? Declared(string? given, string folder, Domain.Farms.Farm farm) =>
        given is not null && !File.Exists(given)
            ? throw new SettingsException($"There is no file of invariants '{given}'.")
            : Invariants.Load(given ?? Path.Combine(folder, Invariants.FileName), farm);
}
