using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Console.Api;

/// <summary>The books. Balanced: true or false; while they cannot be read the answer is 503 with <c>balanced: null</c>.</summary>
internal sealed record LedgerDto(bool Balanced, CountsDto Total, IReadOnlyList<CountsDto> Accounts);

/// <summary>
/// Counts of one account (<c>site/device</c>, <c>unclaimed</c>, <c>database</c>; null for the total), in readings:
/// received = stored + duplicate + quarantined + in_flight + unexplained, and unexplained is 0 unless the fault is ours.
/// </summary>
internal sealed record CountsDto(
    string? Account,
    long Received,
    long Stored,
    long Duplicate,
    long Quarantined,
    long InFlight,
    long Unexplained,
    long Late,
    long Flagged,
    long Missing,
    long RefusedByStore,
    long Evicted)
{
    public static CountsDto Of(string? account, in LedgerCounts c, long inFlight, long unexplained) => new(
        account, c.Received, c.Stored, c.Duplicate, c.Quarantined, inFlight, unexplained, c.Late, c.Flagged, c.Missing, c.RefusedByStore, c.Evicted);
}

/// <summary>What became of everything that came in, in readings: <c>/api/ledger</c>.</summary>
internal static class LedgerApi
{
    public const string Path = "/ledger";

    /// <summary>The third answer, added to the problem: nobody knows.</summary>
    public static readonly KeyValuePair<string, object?>[] Unknown = [KeyValuePair.Create("balanced", (object?)null)];

    public static async Task<JsonHttpResult<LedgerDto>> ReadAsync(ILedger ledger, IOpenReadings open, CancellationToken cancellationToken)
    {
        var books = await LedgerBooks.ReadAsync(ledger, open, cancellationToken);
        return TypedResults.Json(
            new LedgerDto(
                books.IsBalanced,
                CountsDto.Of(null, books.Total, books.InFlight, books.Unexplained),
                [.. books.Accounts.Select(a => CountsDto.Of(a.Name, a.Counts, a.InFlight, a.Unexplained))]),
            ApiJson.Context.LedgerDto);
    }
}
