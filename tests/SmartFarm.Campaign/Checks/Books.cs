using System.Text.Json.Nodes;
using SmartFarm.Testing.Servers;

namespace SmartFarm.Campaign.Checks;

/// <summary>The worker's own account of what it received: <c>/api/ledger</c> and <c>/api/quarantine</c>.</summary>
/// <param name="Balanced">Whether every account comes out even.</param>
/// <param name="Received">Readings.</param>
/// <param name="Stored">Readings made durable.</param>
/// <param name="Duplicate">Readings that had been stored before.</param>
/// <param name="Quarantined">Refused on the way in.</param>
/// <param name="InFlight">What is none of these, or not yet.</param>
/// <param name="Gaps">Sequence numbers missing, counted as lost before us; null when the worker does not count them.</param>
/// <param name="Evicted">Dropped from the quarantine at its bound, the oldest of the largest account first.</param>
/// <param name="ByReason">Entries in the quarantine.</param>
internal sealed record Books(bool Balanced, long Received, long Stored, long Duplicate, long Quarantined, long InFlight, long? Gaps, long Evicted, IReadOnlyDictionary<string, long> ByReason)
{
    public static async Task<Books> ReadAsync(WorkerProcess worker)
    {
        var ledger = JsonNode.Parse(await worker.GetAsync("api/ledger"))!;
        var total = ledger["total"]!;
        var quarantine = JsonNode.Parse(await worker.GetAsync("api/quarantine?limit=1"))!;
        return new Books(
            (bool)ledger["balanced"]!,
            (long)total["received"]!,
            (long)total["stored"]!,
            (long)total["duplicate"]!,
            (long)total["quarantined"]!,
            (long)total["in_flight"]! + ((long?)total["unexplained"] ?? 0),
            (long?)total["missing"],
            (long)total["evicted"]!,
            quarantine["count_by_reason"]!.AsObject().ToDictionary(p => p.Key, p => (long)p.Value!, StringComparer.Ordinal));
    }

    /// <summary>Entries in the quarantine for a reason.</summary>
    public long Entries(string reason) => ByReason.GetValueOrDefault(reason);
}
