using System.Globalization;
using SmartFarm.Domain.Commands;
using SmartFarm.Pipeline.Commands;

namespace SmartFarm.Sqlite.Tables;

/// <summary>A command as its row: times as ISO 8601 in UTC and durations in the constant format, so that nothing is rounded.</summary>
internal sealed class CommandRow
{
    public string Id { get; init; } = "";

    public string Site { get; init; } = "";

    public string Zone { get; init; } = "";

    public string Controller { get; init; } = "";

    public string Actuator { get; init; } = "";

    public double Target { get; init; }

    public string? Unit { get; init; }

    public string? Duration { get; init; }

    public long Seq { get; init; }

    public string Issued { get; init; } = "";

    public string Expires { get; init; } = "";

    public string Reason { get; init; } = "";

    public string? Rule { get; init; }

    public string Stage { get; init; } = "";

    public string Detail { get; init; } = "";

    public long? PublishedMs { get; init; }

    public long? ClosedMs { get; init; }

    public bool IsOpen { get; init; }

    public static CommandRow Of(CommandRecord record) => new()
    {
        Id = record.Command.Id.ToString(),
        Site = record.Site,
        Zone = record.Zone,
        Controller = record.Controller,
        Actuator = record.Command.Actuator,
        Target = record.Command.Target,
        Unit = record.Command.Unit,
        Duration = record.Command.Duration?.ToString("c", CultureInfo.InvariantCulture),
        Seq = record.Command.Seq,
        Issued = Iso(record.Command.Issued),
        Expires = Iso(record.Command.Expires),
        Reason = record.Command.Reason,
        Rule = record.Rule,
        Stage = record.Stage.ToString(),
        Detail = record.Detail,
        PublishedMs = record.PublishedMs,
        ClosedMs = record.ClosedMs,
        IsOpen = record.IsOpen,
    };

    public CommandRecord ToRecord()
    {
        var duration = Duration is null ? (TimeSpan?)null : TimeSpan.ParseExact(Duration, "c", CultureInfo.InvariantCulture);
        var command = new Command(Guid.Parse(Id), Actuator, Target, Unit, duration, Seq, Time(Issued), Time(Expires), Reason);
        return new CommandRecord(command, Site, Zone, Controller, Rule, Enum.Parse<CommandStage>(Stage), Detail, PublishedMs, ClosedMs);
    }

    private static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(string iso) => DateTimeOffset.Parse(iso, CultureInfo.InvariantCulture);
}
