using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using SmartFarm.Pipeline.Quarantine;

namespace SmartFarm.Console.Api;

/// <summary>What a replay came to: entries that were taken, entries that stay, and of these the first with their reasons.</summary>
internal sealed record ReplayDto(long Replayed, long Stay, IReadOnlyList<StaysDto> Named);

/// <summary>An entry that stays in the quarantine.</summary>
internal sealed record StaysDto(long Id, string Why);

/// <summary>
/// Replays refused messages: <c>POST /api/quarantine/replay?reason=&amp;account=&amp;since=&amp;id=</c>. For the command line on the worker's own computer
/// only, see <see cref="LocalOnly"/>.
/// </summary>
internal static class ReplayApi
{
    public static async Task<Results<JsonHttpResult<ReplayDto>, ProblemHttpResult>> RunAsync(
        HttpContext context, string? reason, string? account, string? since, string? id, CancellationToken cancellationToken)
    {
        if (LocalOnly.Refusal(context, "smartfarm quarantine replay") is { } refusal)
        {
            return refusal;
        }

        var filter = QuarantineApi.Filter(reason, account, since, id);
        var report = await context.RequestServices.GetRequiredService<Replayer>().RunAsync(filter, cancellationToken);
        return TypedResults.Json(new ReplayDto(report.Replayed, report.Stay, [.. report.Named.Select(n => new StaysDto(n.Id, n.Why))]), ApiJson.Context.ReplayDto);
    }
}
