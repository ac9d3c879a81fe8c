using System.Diagnostics;
using SmartFarm.Campaign.Cases;
using SmartFarm.Testing.Servers;

namespace SmartFarm.Campaign;

/// <summary>Runs the cases one after another, says what it does, and ends with the table. Whatever a case started is ended with it.</summary>
internal sealed class CampaignRunner(CampaignOptions options)
{
    public async Task<int> RunAsync()
    {
        var all = AllCases.Make();
        var cases = options.Only.Count == 0
            ? all.Where(c => c.IsInShort || !options.IsShort).ToArray()
            : [.. all.Where(c => options.Only.Any(word => all.Any(other => other.Name == word) ? c.Name == word : c.Name.Contains(word, StringComparison.Ordinal)))];
        if (options.ListsOnly)
        {
            foreach (var listed in all)
            {
                System.Console.WriteLine($"{listed.Name,-28} {(listed.IsInShort ? "short" : "     ")}  {listed.What}");
            }

            return 0;
        }

        if (cases.Length == 0 || Missing() is { } missing)
        {
            await System.Console.Error.WriteLineAsync(cases.Length == 0 ? "No case has such a name; --list shows them." : Missing());
            return 2;
        }

        System.Console.WriteLine($"Campaign: {cases.Length} cases, seed {options.Seed}{(options.IsShort ? ", short form" : "")}.");
        var report = new Report(options);
        foreach (var @case in cases)
        {
            report.Add(await RunAsync(@case));
        }

        await report.WriteAsync();
        return report.IsGood ? 0 : 1;
    }

    private static string? Missing() => (Mosquitto.IsInstalled, InfluxDb.IsInstalled, File.Exists(WorkerProcess.Program)) switch
    {
        (false, _, _) => "mosquitto is not installed: apt-get install mosquitto.",
        (_, false, _) => "influxd is not installed: apt-get install influxdb.",
        (_, _, false) => $"The worker is not built: {WorkerProcess.Program} is missing.",
        _ => null,
    };

    /// <summary>A seed of its own for each case, from its name, so that it repeats alike alone and among others.</summary>
    private int SeedOf(string name) => name.Aggregate(options.Seed, (hash, c) => unchecked((hash * 31) + c)) & int.MaxValue;

    private async Task<CaseResult> RunAsync(ICase @case)
    {
        System.Console.WriteLine($"{@case.Name}: {@case.What}");
        var folder = Directory.CreateTempSubdirectory("smartfarm-campaign-").FullName;
        var watch = Stopwatch.StartNew();
        Outcome outcome;
        double memory;
        await using (var run = new CaseRun(@case.Name, SeedOf(@case.Name), options.IsShort, folder))
        {
            try
            {
                outcome = await @case.RunAsync(run);
            }
            catch (Exception e)
            {
                outcome = new Outcome { Findings = [$"The case could not be finished: {e.GetType().Name}: {e.Message}", $"  {e.StackTrace?.Split('\n').FirstOrDefault(l => l.Contains("SmartFarm.Campaign"))?.Trim()}"] };
            }

            memory = run.MaxMemoryMb;
            if (!outcome.IsGood)
            {
                foreach (var line in run.WorkerOutput())
                {
                    System.Console.WriteLine($"      | {line}");
                }
            }
        }

        var result = new CaseResult(@case.Name, @case.What, outcome, memory, watch.Elapsed);
        System.Console.WriteLine($"  {result.Line}");
        foreach (var finding in outcome.Findings)
        {
            System.Console.WriteLine($"    !! {finding}");
        }

        if (outcome.IsGood)
        {
            Directory.Delete(folder, recursive: true);
        }
        else
        {
            System.Console.WriteLine($"    The lists of what was acknowledged are kept in {folder}");
        }

        return result;
    }
}
