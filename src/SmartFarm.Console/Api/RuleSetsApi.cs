using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using SmartFarm.Pipeline.Automation;
using SmartFarm.Pipeline.Automation.Sets;

namespace SmartFarm.Console.Api;

/// <summary>The rule sets: which is in charge, which one a roll-back would put in charge, which runs in shadow; trouble says why the rules folder is not at work.</summary>
internal sealed record RuleSetsDto(int? Production, int? Before, int? Shadow, string? Trouble, IReadOnlyList<RuleSetDto> Versions, IReadOnlyList<RuleSetMoveDto> Moves);

internal sealed record RuleSetDto(int Version, string Fingerprint, string Author, string Note, DateTimeOffset Published)
{
    public static RuleSetDto Of(RuleSetHead h) => new(h.Version, h.Fingerprint, h.Author, h.Note, DateTimeOffset.FromUnixTimeMilliseconds(h.PublishedMs));
}

/// <summary>What was done: act is a <see cref="RuleSetAct"/>.</summary>
internal sealed record RuleSetMoveDto(DateTimeOffset Time, string Act, int Version, string By, string Reason);

/// <summary>A rule set to publish: texts by file name, such as <c>rules/climate.yaml</c>.</summary>
internal sealed record PublishDto(string Author, string Note, Dictionary<string, string> Files);

/// <summary>A published rule set, or what keeps it from being one.</summary>
internal sealed record PublishedDto(RuleSetDto? RuleSet, IReadOnlyList<string> Findings);

/// <summary>How the rule set in shadow differs; differs_s: for how many seconds both wanted something else.</summary>
internal sealed record ShadowDto(int? Version, IReadOnlyList<ShadowDifferenceDto> Actuators);

internal sealed record ShadowDifferenceDto(
    string Site, string Zone, string Actuator, bool Differs, double? Production, double? Shadow, string Source, string Reason, int Decisions, int ShadowDecisions, double DiffersS)
{
    public static ShadowDifferenceDto Of(string site, string zone, ShadowDifference d) => new(
        site,
        zone,
        d.Actuator,
        d.IsDifferent,
        Numbers.Finite(d.Production?.Target),
        Numbers.Finite(d.Shadow?.Target),
        d.Shadow?.Source ?? "",
        d.Shadow?.Reason ?? "",
        d.Decisions,
        d.ShadowDecisions,
        d.DiffersMs / 1000.0);
}

/// <summary>Rule sets: <c>/api/rules</c> and what is done with them. Whatever changes something is for the command line on the worker's own computer.</summary>
internal static class RuleSetsApi
{
    public static async Task<JsonHttpResult<RuleSetsDto>> ListAsync(HttpContext context, string? limit, CancellationToken cancellationToken)
    {
        var sets = Sets(context);
        var moves = await sets.MovesAsync(cancellationToken);
        var roles = RuleSetRoles.Of(moves);
        var most = Query.Limit(limit, 20, 500);
        var versions = await sets.ListAsync(most, cancellationToken);
        var answer = new RuleSetsDto(
            sets.AtWork.Production.Version,
            roles.Before,
            sets.AtWork.Shadow?.Version,
            sets.Trouble,
            [.. versions.Select(RuleSetDto.Of)],
            [.. moves.Reverse().Take(most).Select(m => new RuleSetMoveDto(DateTimeOffset.FromUnixTimeMilliseconds(m.TimeMs), Codes.Of(m.Act), m.Version, m.By, m.Reason))]);
        return TypedResults.Json(answer, ApiJson.Context.RuleSetsDto);
    }

    public static async Task<JsonHttpResult<ShadowDto>> ShadowAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var found = await context.RequestServices.GetRequiredService<RuleWorker>().CompareAsync(cancellationToken);
        var answer = new ShadowDto(Sets(context).AtWork.Shadow?.Version, [.. found.Select(f => ShadowDifferenceDto.Of(f.Site, f.Zone, f.Difference))]);
        return TypedResults.Json(answer, ApiJson.Context.ShadowDto);
    }

    public static async Task<Results<JsonHttpResult<PublishedDto>, ProblemHttpResult>> PublishAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (LocalOnly.Refusal(context, "smartfarm rules publish") is { } refusal)
        {
            return refusal;
        }

        try
        {
            var sent = await JsonSerializer.DeserializeAsync(context.Request.Body, ApiJson.Context.PublishDto, cancellationToken);
            if (sent is not { Author.Length: > 0, Note: not null, Files.Count: > 0 })
            {
                throw new BadQueryException("A rule set needs an author, a note and at least one file.");
            }

            var head = await Sets(context).PublishAsync(new RuleSetFiles(sent.Files), sent.Author, sent.Note, cancellationToken);
            return TypedResults.Json(new PublishedDto(RuleSetDto.Of(head), []), ApiJson.Context.PublishedDto);
        }
        catch (JsonException e)
        {
            throw new BadQueryException($"The rule set cannot be read: {e.Message}");
        }
        catch (RuleSetException e)
        {
            return TypedResults.Json(new PublishedDto(null, e.Findings), ApiJson.Context.PublishedDto);
        }
    }

    /// <summary><c>POST /api/rules/promote|shadow|unshadow|rollback?version=&amp;by=&amp;reason=</c>.</summary>
    public static async Task<Results<JsonHttpResult<RuleSetsDto>, ProblemHttpResult>> MoveAsync(
        HttpContext context, string act, int? version, string? by, string? reason, CancellationToken cancellationToken)
    {
        if (LocalOnly.Refusal(context, $"smartfarm rules {act}") is { } refusal)
        {
            return refusal;
        }

        var sets = Sets(context);
        var (who, why) = (by is { Length: > 0 } ? by : throw new BadQueryException("'by' is missing: say who does it."), reason ?? "");
        try
        {
            await (act switch
            {
                "promote" => sets.PromoteAsync(Version(), who, why, cancellationToken),
                "shadow" => sets.ShadowAsync(Version(), who, why, cancellationToken),
                "unshadow" => sets.EndShadowAsync(who, why, cancellationToken),
                "rollback" => sets.RollBackAsync(who, why, cancellationToken),
                _ => throw new BadQueryException("It must be promote, shadow, unshadow or rollback."),
            });
        }
        catch (RuleSetException e)
        {
            return TypedResults.Problem(string.Join(' ', [e.Message, .. e.Findings]), statusCode: StatusCodes.Status409Conflict, title: "Not done");
        }

        return await ListAsync(context, null, cancellationToken);

        int Version() => version ?? throw new BadQueryException("'version' is missing: 'smartfarm rules versions' lists them.");
    }

    private static RuleSets Sets(HttpContext context) => context.RequestServices.GetRequiredService<RuleSets>();
}
