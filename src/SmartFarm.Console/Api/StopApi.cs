using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using SmartFarm.Pipeline.Automation;

namespace SmartFarm.Console.Api;

internal sealed record StopsDto(IReadOnlyList<StopDto> Stops);

/// <summary>A zone that is stopped: its actuators are in their emergency state and stay there until somebody resumes.</summary>
internal sealed record StopDto(string Site, string Zone, string Owner, string Reason, DateTimeOffset Since)
{
    public static StopDto Of(StopView v) => new(v.Site, v.Zone, v.Owner, v.Reason, DateTimeOffset.FromUnixTimeMilliseconds(v.SinceMs));
}

/// <summary>Who stops what; without zone the whole site, without both the whole farm.</summary>
internal sealed record StopRequest(string? Site, string? Zone, string? Owner, string? Reason);

/// <summary>Emergency stop: <c>/api/stop</c>.</summary>
internal static class StopApi
{
    public static async Task<JsonHttpResult<StopsDto>> ListAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var picture = await context.RequestServices.GetRequiredService<IManualView>().ManualAsync(cancellationToken);
        return TypedResults.Json(new StopsDto([.. picture.Stops.Select(StopDto.Of)]), ApiJson.Context.StopsDto);
    }

    public static async Task<Results<JsonHttpResult<StopsDto>, ProblemHttpResult>> StopAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (LocalOnly.Refusal(context, "smartfarm stop") is { } refusal)
        {
            return refusal;
        }

        var asked = await RequestBody.ReadAsync(context, ApiJson.Context.StopRequest, cancellationToken);
        var (owner, reason) = (RequestBody.Text("owner", asked.Owner), RequestBody.Text("reason", asked.Reason));
        var notes = FarmPlace.Zones(context, asked.Site, asked.Zone).Select(z => new ZoneNote.Stopped(z.Site, z.Zone, owner, reason));
        return await FollowedByRules.TellAsync(context, notes, cancellationToken) is { } problem ? problem : await ListAsync(context, cancellationToken);
    }

    /// <summary><c>DELETE /api/stop?site=&amp;zone=&amp;by=</c>.</summary>
    public static async Task<Results<JsonHttpResult<StopsDto>, ProblemHttpResult>> ResumeAsync(
        HttpContext context, string? site, string? zone, string? by, CancellationToken cancellationToken)
    {
        if (LocalOnly.Refusal(context, "smartfarm resume") is { } refusal)
        {
            return refusal;
        }

        var who = RequestBody.Text("by", by);
        var notes = FarmPlace.Zones(context, site, zone).Select(z => new ZoneNote.Resumed(z.Site, z.Zone, who));
        return await FollowedByRules.TellAsync(context, notes, cancellationToken) is { } problem ? problem : await ListAsync(context, cancellationToken);
    }
}
