using System.Text.Json.Nodes;
using SmartFarm.Testing;
using SmartFarm.Testing.Servers;

namespace SmartFarm.IntegrationTests.Life;

/// <summary>The books of a running worker, by account.</summary>
internal static class LedgerOf
{
    public static async Task<(long Received, long Stored, long Duplicate, long Quarantined)> AccountAsync(WorkerProcess worker, string account)
    {
        var ledger = JsonNode.Parse(await worker.GetAsync("api/ledger"))!;
        var counts = ledger["accounts"]!.AsArray().FirstOrDefault(a => (string?)a!["account"] == account);
        return counts is null ? default : ((long)counts["received"]!, (long)counts["stored"]!, (long)counts["duplicate"]!, (long)counts["quarantined"]!);
    }

    /// <summary>Waits until an account has so many readings stored and none in flight, and gives its counts; the last ones when it does not come to that.</summary>
    public static Task<(long Received, long Stored, long Duplicate, long Quarantined)> WhenStoredAsync(WorkerProcess worker, string account, long stored) =>
        Eventually.GetAsync(() => AccountAsync(worker, account), c => c.Stored >= stored && c.Received == c.Stored + c.Duplicate + c.Quarantined, TimeSpan.FromSeconds(30));
}
