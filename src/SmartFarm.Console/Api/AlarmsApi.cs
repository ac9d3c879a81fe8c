using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using SmartFarm.Pipeline.Alarms;

namespace SmartFarm.Console.Api;

internal sealed record AlarmsDto(IReadOnlyList<AlarmDto> Alarms);

/// <summary>An alarm: state is an <see cref="AlarmState"/>; cleared is null while it holds, acknowledged_by while nobody has said that he knows.</summary>
internal sealed record AlarmDto(
    string Id,
    string Site,
    string Zone,
    string Code,
    string Subject,
    string Severity,
    string State,
    string Text,
    DateTimeOffset Since,
    DateTimeOffset? Cleared,
    string? AcknowledgedBy,
    DateTimeOffset? Acknowledged,
    string Note)
{
    public static AlarmDto Of(AlarmEntry e) => new(
        e.Key.Id,
        e.Key.Site,
        e.Key.Zone,
        e.Key.Code,
        e.Key.Subject,
        e.Severity,
        Codes.Of(e.State),
        e.Text,
        DateTimeOffset.FromUnixTimeMilliseconds(e.SinceMs),
        Numbers.Time(e.ClearedMs),
        e.AcknowledgedBy,
        Numbers.Time(e.AcknowledgedMs),
        e.Note);
}

/// <summary>Who knows of an alarm, and what he adds.</summary>
internal sealed record AcknowledgeRequest(string? By, string? Note);

/// <summary>Alarms that somebody should see: <c>/api/alarms</c>, those that hold first; what went is in the measurement <c>alarm</c>.</summary>
internal static class AlarmsApi
{
    public static JsonHttpResult<AlarmsDto> List(HttpContext context) =>
        TypedResults.Json(new AlarmsDto([.. Book(context).List().Select(AlarmDto.Of)]), ApiJson.Context.AlarmsDto);

    /// <summary><c>POST /api/alarms/{id}/ack</c>.</summary>
    public static async Task<Results<JsonHttpResult<AlarmDto>, ProblemHttpResult>> AcknowledgeAsync(HttpContext context, string id, CancellationToken cancellationToken)
    {
        if (LocalOnly.Refusal(context, "smartfarm alarms ack") is { } refusal)
        {
            return refusal;
        }

        var asked = await RequestBody.ReadAsync(context, ApiJson.Context.AcknowledgeRequest, cancellationToken);
        var note = string.IsNullOrWhiteSpace(asked.Note) ? "" : RequestBody.Text("note", asked.Note);
        return Book(context).Acknowledge(id, RequestBody.Text("by", asked.By), note) is { } entry
            ? TypedResults.Json(AlarmDto.Of(entry), ApiJson.Context.AlarmDto)
            : TypedResults.Problem($"There is no alarm '{id}': it went, or somebody else has seen it. 'smartfarm alarms list' shows those that are there.", statusCode: StatusCodes.Status404NotFound, title: "No such alarm");
    }

    private static IAlarmList Book(HttpContext context) => context.RequestServices.GetRequiredService<IAlarmList>();
}
