using System.Text;
using System.Text.Json;

namespace SmartFarm.Campaign;

/// <summary>A case that was run.</summary>
internal sealed record CaseResult(string Name, string What, Outcome Outcome, double MemoryMb, TimeSpan Time)
{
    public string Verdict => Outcome.Skipped is not null ? "skipped" : Outcome.IsGood ? "good" : "BAD";

    public string Line => Outcome.Skipped is { } why
        ? $"skipped: {why}"
        : $"{Verdict}: {Outcome.Runs} runs, {Outcome.Acknowledged} acknowledged, {Outcome.Stored} stored, {Outcome.Quarantined} in quarantine, {Outcome.Lost} lost, {Outcome.Wrong} wrong, "
            + $"{MemoryMb:0} MB, {Time.TotalSeconds:0.0} s{(Outcome.Note.Length > 0 ? "; " + Outcome.Note : "")}";
}

/// <summary>The table of cases, as Markdown for the documentation and as JSON for programs.</summary>
internal sealed class Report(CampaignOptions options)
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };
    private readonly List<CaseResult> _results = [];

    public bool IsGood => _results.TrueForAll(r => r.Outcome.IsGood);

    public void Add(CaseResult result) => _results.Add(result);

    public async Task WriteAsync()
    {
        var table = Markdown();
        System.Console.WriteLine();
        System.Console.WriteLine(table);
        if (options.OutputFolder is { } folder)
        {
            Directory.CreateDirectory(folder);
            await File.WriteAllTextAsync(Path.Combine(folder, "campaign.md"), table);
            var json = _results.Select(r => new { r.Name, r.What, r.Verdict, Seconds = r.Time.TotalSeconds, r.MemoryMb, r.Outcome });
            await File.WriteAllTextAsync(Path.Combine(folder, "campaign.json"), JsonSerializer.Serialize(new { options.Seed, options.IsShort, Cases = json }, Json));
        }

        System.Console.WriteLine(
            $"{_results.Count(r => r.Verdict == "good")} good, {_results.Count(r => r.Verdict == "BAD")} bad, {_results.Count(r => r.Verdict == "skipped")} skipped; "
            + $"{_results.Sum(r => r.Outcome.Runs)} runs, {_results.Sum(r => r.Outcome.Acknowledged)} acknowledged, {_results.Sum(r => r.Outcome.Lost)} lost.");
    }

    private string Markdown()
    {
        var text = new StringBuilder("| case | what is done | runs | acknowledged | stored | quarantined | lost | wrong | memory | time | |\n|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---|\n");
        foreach (var (name, what, outcome, memory, time) in _results)
        {
            text.Append(outcome.Skipped is { } why
                ? $"| `{name}` | {what} | | | | | | | | | skipped: {why} |\n"
                : $"| `{name}` | {what} | {outcome.Runs} | {outcome.Acknowledged} | {outcome.Stored} | {outcome.Quarantined} | {outcome.Lost} | {outcome.Wrong} | {memory:0} MB | {time.TotalSeconds:0} s "
                    + $"| {(outcome.IsGood ? outcome.Note : string.Join(' ', outcome.Findings))} |\n");
        }

        return text.ToString();
    }
}
