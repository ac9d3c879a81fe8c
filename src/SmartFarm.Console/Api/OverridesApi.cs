using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;
using SmartFarm.Pipeline.Automation;
using SmartFarm.Pipeline.State;
using SmartFarm.Rules.Manual;

namespace SmartFarm.Console.Api;

internal sealed record OverridesDto(IReadOnlyList<OverrideDto> Overrides);

/// <summary>An actuator in somebody's hand; its target is in its unit, 0 or 1 for a switch.</summary>
internal sealed record OverrideDto(string Site, string Zone, string Actuator, double Target, string Owner, string Reason, DateTimeOffset Until)
{
    public static OverrideDto Of(OverrideView v) => new(v.Site, v.Zone, v.Actuator, v.Target, v.Owner, v.Reason, DateTimeOffset.FromUnixTimeMilliseconds(v.UntilMs));
}

/// <summary>What a person wants: target such as <c>40 %</c> or <c>on</c>, for such as <c>2 h</c>. The site may be left out while only one has that zone.</summary>
internal sealed record OverrideRequest(string? Site, string? Zone, string? Actuator, string? Target, string? For, string? Owner, string? Reason);

/// <summary>Manual overrides: <c>/api/overrides</c>. They give way to emergency stop, protection and interlocks, and end by themselves.</summary>
internal static class OverridesApi
{
    private const string Command = "smartfarm override";
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    public static async Task<JsonHttpResult<OverridesDto>> ListAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var picture = await context.RequestServices.GetRequiredService<IManualView>().ManualAsync(cancellationToken);
        return TypedResults.Json(new OverridesDto([.. picture.Overrides.Select(OverrideDto.Of)]), ApiJson.Context.OverridesDto);
    }

    public static async Task<Results<JsonHttpResult<OverridesDto>, ProblemHttpResult>> SetAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (LocalOnly.Refusal(context, Command) is { } refusal)
        {
            return refusal;
        }

        var asked = await RequestBody.ReadAsync(context, ApiJson.Context.OverrideRequest, cancellationToken);
        var (zone, actuator) = FarmPlace.Actuator(context, asked.Site, asked.Zone, asked.Actuator);
        var target = ManualText.Target(Machine(actuator), asked.Target, out var why) ?? throw new BadQueryException(why!);
        if (ManualText.Time(asked.For) is not { } time || time < Shortest || time > Longest)
        {
            throw new BadQueryException("'for' must say how long, from 1 s to 30 d, such as '2 h': an override that nobody ends must end by itself.");
        }

        var note = new ZoneNote.Overridden(
            zone.Site, zone.Zone, actuator.Id, target, RequestBody.Text("owner", asked.Owner), RequestBody.Text("reason", asked.Reason), time);
        return await FollowedByRules.TellAsync(context, [note], cancellationToken) is { } problem ? problem : await ListAsync(context, cancellationToken);
    }

    /// <summary><c>DELETE /api/overrides?site=&amp;zone=&amp;actuator=&amp;by=</c>.</summary>
    public static async Task<Results<JsonHttpResult<OverridesDto>, ProblemHttpResult>> ReleaseAsync(
        HttpContext context, string? site, string? zone, string? actuator, string? by, CancellationToken cancellationToken)
    {
        if (LocalOnly.Refusal(context, Command) is { } refusal)
        {
            return refusal;
        }

        var (place, found) = FarmPlace.Actuator(context, site, zone, actuator);
        var note = new ZoneNote.Released(place.Site, place.Zone, found.Id, RequestBody.Text("by", by));
        return await FollowedByRules.TellAsync(context, [note], cancellationToken) is { } problem ? problem : await ListAsync(context, cancellationToken);
    }

    private static Actuator Machine(ActuatorView view) => new(
        view.Id, view.Kind, view.Unit is { } symbol && Units.TryGet(symbol, out var unit) ? unit : null, view.Min, view.Max, view.Min, 0, default, default, default, null);
}
