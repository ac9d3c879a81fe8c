using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Console.Api;

/// <summary>The books: balanced when every account comes out even.</summary>
internal sealed record LedgerDto(bool Balanced, CountsDto Total, IReadOnlyList<CountsDto> Accounts);

/// <summary>
/// Counts of one account (<c>site/device</c> or <c>unclaimed</c>; null for the total). In flight is what was received and is neither stored nor
/// duplicate nor quarantined: counts change only in whole commits, so anything but 0 is a fault.
/// </summary>
internal sealed record CountsDto(string? Account, long Received, long Stored, long Duplicate, long Quarantined, long InFlight, long Late, long Flagged)
{
    public static CountsDto Of(string? account, in LedgerCounts c) =>
        new(account, c.Received, c.Stored, c.Duplicate, c.Quarantined, c.Received - c.Stored - c.Duplicate - c.Quarantined, c.Late, c.Flagged);
}

/// <summary>What became of everything that came in, in readings: <c>/api/ledger</c>.</summary>
internal static class LedgerApi
{
    public static async Task<JsonHttpResult<LedgerDto>> ReadAsync(ILedger ledger, CancellationToken cancellationToken)
    {
        var total = new LedgerCounts();
        var accounts = new List<CountsDto>();
        foreach (var (account, counts) in (await ledger.ReadAsync(cancellationToken)).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            total.Add(counts);
            accounts.Add(CountsDto.Of(account, counts));
        }

        return TypedResults.Json(new LedgerDto(accounts.TrueForAll(a => a.InFlight == 0), CountsDto.Of(null, total), accounts), ApiJson.Context.LedgerDto);
    }
}
