using SmartFarm.Domain.Farms;
using SmartFarm.Worker.Reports;

namespace SmartFarm.Worker.Trials.Prove;

/// <summary>What came of a search.</summary>
internal static class ProveReport
{
    /// <summary>No story broke anything.</summary>
    public static Report Nothing(int stories, TimeSpan length, IReadOnlyList<string> invariants) => new(
        "rules prove",
        Title(stories, length),
        $"Nothing was broken. That is no proof: it was not found in {stories} stories. Search others with --seed {stories + 1}.",
        Tone.Good,
        [Watched(invariants)]);

    /// <summary>Something was broken.</summary>
    public static Report Found(Counterexample found, Site site, int stories, TimeSpan length, IReadOnlyList<string> invariants)
    {
        var (attempt, zone) = (found.Attempt, site.Zones[found.Attempt.Zone]);
        var clocks = TimeZoneInfo.TryFindSystemTimeZoneById(site.TimeZone, out var known) ? known : TimeZoneInfo.Utc;
        var blocks = new List<ReportBlock>
        {
            new ReportText("breach", $"What was broken in {zone.Id}", [$"{attempt.Breach.Promise}, at {TimeZoneInfo.ConvertTime(attempt.Breach.Time, clocks):yyyy-MM-dd HH:mm:ss}: {attempt.Breach.Text}"], Tone.Bad),
            new ReportText(
                "shortened",
                "Shortened",
                [
                    $"The story of seed {attempt.Seed} lasted {found.Found.Breach.Time - found.Found.Story.Start} until then, with {found.Found.Story.Faults.Count} fault(s), {found.Found.Story.Weather.Count} turn(s) of the weather and {found.Found.Story.Events.Count} event(s).",
                    $"Left of it: {attempt.Breach.Time - attempt.Story.Start}, {attempt.Story.Faults.Count} fault(s), {attempt.Story.Weather.Count} turn(s), {attempt.Story.Events.Count} event(s)"
                    + (found.Events.Count > 0 ? $"; and without the house {found.Events.Count} event(s) of {attempt.Told.Count} ({found.Tries} tries)." : "."),
                ]),
        };
        if (found.Events.Count > 0)
        {
            blocks.Add(new ReportListing("case", "As a case for 'rules test': it fails now. Put it into rules/ as a .cases.yaml file, and expect in its check what you would have instead", CaseText.Of(found, zone, clocks)));
        }

        blocks.Add(new ReportListing("story", "As a scenario for 'rules whatif'", StoryText.Of(attempt.Story, attempt.Seed, $"Breaks {attempt.Breach.Promise}")));
        blocks.Add(Watched(invariants));
        return new Report("rules prove", Title(stories, length), $"{attempt.Breach.Promise} was broken.", Tone.Bad, blocks);
    }

    private static string Title(int stories, TimeSpan length) => $"{stories} stories of {length.TotalHours:0.#} h by chance";

    private static ReportText Watched(IReadOnlyList<string> invariants) => new(
        "watched",
        "What was watched",
        [
            invariants.Count > 0 ? $"declared: {string.Join(", ", invariants)}" : $"declared: nothing; declare what must never be so in {Invariants.FileName}",
            "always: a blind rule moves nothing, least times hold, nothing is on for longer than it may, a silent backend ends in the safe state, targets lie in the range, commands do not storm",
        ],
        Tone.Dim);
}
