using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using SmartFarm.Domain.Farms;
using SmartFarm.Pipeline.Automation.Explaining;

namespace SmartFarm.Console.Api;

/// <summary>Why an actuator was where it was: winner is null when nobody had asked for anything, rules are all that may move it, with what each had come to.</summary>
internal sealed record ExplanationDto(
    string Site,
    string Zone,
    string Actuator,
    string? Unit,
    string TimeZone,
    DateTimeOffset At,
    WinnerDto? Winner,
    IReadOnlyList<WinnerDto> Earlier,
    RuleSetDto? RuleSet,
    IReadOnlyList<RuleWordDto> Rules,
    IReadOnlyList<InputDto> Inputs,
    ReportedDto? Reported,
    IReadOnlyList<CommandWordDto> Commands)
{
    public static ExplanationDto Of(Explanation e) => new(
        e.Place.Site.Id,
        e.Place.Zone.Id,
        e.Place.Actuator.Id,
        e.Place.Actuator.Unit?.Symbol,
        e.Place.Site.TimeZone,
        DateTimeOffset.FromUnixTimeMilliseconds(e.AtMs),
        e.Winner is { } winner ? WinnerDto.Of(winner) : null,
        [.. e.Earlier.Select(WinnerDto.Of)],
        e.Set is { } set ? RuleSetDto.Of(set) : null,
        [.. e.Rules.Select(r => new RuleWordDto(r.Rule, Numbers.Time(r.TimeMs), r.Truth, Numbers.Finite(r.Target), r.Text))],
        [.. e.Inputs.Select(i => new InputDto(i.Name, i.Unit, Numbers.Finite(i.Value), DateTimeOffset.FromUnixTimeMilliseconds(i.TimeMs)))],
        e.Actuator is { } a ? new ReportedDto(DateTimeOffset.FromUnixTimeMilliseconds(a.TimeMs), Numbers.Finite(a.Target), Numbers.Finite(a.Reported), a.Mode, a.Held) : null,
        [.. e.Commands.Select(c => new CommandWordDto(DateTimeOffset.FromUnixTimeMilliseconds(c.IssuedMs), Numbers.Finite(c.Target), c.Outcome, c.Reason, Numbers.Finite(c.LatencyMs)))]);
}

/// <summary>Who had it; level is the step of the ladder, losers who wanted something else and why they did not get it, version the rule set.</summary>
internal sealed record WinnerDto(DateTimeOffset Since, double? Target, string Level, string Source, string Reason, string Losers, double? Trust, int Version)
{
    public static WinnerDto Of(WinnerWord w) =>
        new(DateTimeOffset.FromUnixTimeMilliseconds(w.SinceMs), Numbers.Finite(w.Target), w.Level, w.Source, w.Reason, w.Losers, Numbers.Finite(w.Trust), w.Version);
}

internal sealed record RuleWordDto(string Rule, DateTimeOffset? Time, string Truth, double? Target, string Text);

internal sealed record InputDto(string Name, string Unit, double? Value, DateTimeOffset Time);

internal sealed record ReportedDto(DateTimeOffset Time, double? Target, double? Reported, string Mode, string Held);

internal sealed record CommandWordDto(DateTimeOffset Issued, double? Target, string Outcome, string Reason, double? LatencyMs);

/// <summary>
/// Why: <c>/api/explain?actuator=&amp;at=</c>. The actuator by the shortest name that is clear (<c>roof_vent</c>, <c>gh1/roof_vent</c>); the time with its
/// offset, or as the clock of the site has it today (<c>14:03</c>: the whole of that minute; of yesterday when it is still to come); without it: now.
/// </summary>
internal static class ExplainApi
{
    public static async Task<JsonHttpResult<ExplanationDto>> ReadAsync(
        HttpContext context, TimeProvider time, string? actuator, string? at, CancellationToken cancellationToken)
    {
        try
        {
            var name = actuator ?? throw new BadQueryException("'actuator' is missing: give its name, such as roof_vent or gh1/roof_vent.");
            var instant = at is null ? null : Instant(at, ActuatorPlaces.Find(context.RequestServices.GetRequiredService<Farm>(), name).Site, time.GetUtcNow());
            var found = await context.RequestServices.GetRequiredService<Explainer>().ExplainAsync(name, instant?.ToUnixTimeMilliseconds(), cancellationToken);
            return TypedResults.Json(ExplanationDto.Of(found), ApiJson.Context.ExplanationDto);
        }
        catch (ArgumentException e)
        {
            throw new BadQueryException(e.Message);
        }
    }

    private static DateTimeOffset? Instant(string at, Site site, DateTimeOffset now)
    {
        if (!TimeOnly.TryParseExact(at, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var clock))
        {
            return Query.Time("at", at);
        }

        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(site.TimeZone, out var found) ? found : TimeZoneInfo.Utc;
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        var instant = EndOf(today);
        return instant - TimeSpan.FromMinutes(1) > now ? EndOf(today.AddDays(-1)) : instant;

        DateTimeOffset EndOf(DateOnly day)
        {
            var local = day.ToDateTime(clock);
            return new DateTimeOffset(local, zone.GetUtcOffset(local)).AddMinutes(1).AddMilliseconds(-1);
        }
    }
}
