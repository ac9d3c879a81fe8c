using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartFarm.Pipeline.Commands;

namespace SmartFarm.Console.Api;

internal sealed record CommandsDto(IReadOnlyList<CommandDto> Commands);

/// <summary>A command: stage is a <see cref="CommandStage"/>, open says that an outcome is still to come, latency is from decision to outcome.</summary>
internal sealed record CommandDto(
    Guid Id,
    string Site,
    string Zone,
    string Controller,
    string Actuator,
    double? Target,
    string? Unit,
    string Stage,
    bool Open,
    string Detail,
    string? Rule,
    string Reason,
    DateTimeOffset Issued,
    DateTimeOffset Expires,
    DateTimeOffset? Published,
    DateTimeOffset? Closed,
    long? LatencyMs)
{
    public static CommandDto Of(CommandRecord record) => new(
        record.Command.Id,
        record.Site,
        record.Zone,
        record.Controller,
        record.Command.Actuator,
        Numbers.Finite(record.Command.Target),
        record.Command.Unit,
        Codes.Of(record.Stage),
        record.IsOpen,
        record.Detail,
        record.Rule,
        record.Command.Reason,
        record.Command.Issued,
        record.Command.Expires,
        Numbers.Time(record.PublishedMs),
        Numbers.Time(record.ClosedMs),
        record.ClosedMs - record.Command.Issued.ToUnixTimeMilliseconds());
}

/// <summary>The newest commands: <c>/api/commands?limit=</c>.</summary>
internal static class CommandsApi
{
    public static async Task<JsonHttpResult<CommandsDto>> ListAsync(ICommandLedger commands, string? limit, CancellationToken cancellationToken)
    {
        var recent = await commands.RecentAsync(Query.Limit(limit, 50, 500), cancellationToken);
        return TypedResults.Json(new CommandsDto([.. recent.Select(CommandDto.Of)]), ApiJson.Context.CommandsDto);
    }
}
