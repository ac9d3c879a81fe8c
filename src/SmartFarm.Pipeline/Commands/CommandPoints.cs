using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Pipeline.Commands;

/// <summary>Stores what happens at the desk: closed commands, states of actuators.</summary>
internal sealed class CommandPoints(StoreRunner store, SeriesCatalog catalog)
{
    /// <param name="record">The command.</param>
    /// <param name="open">How long it was open; null when only its recorded times tell, because it is not the newest of its actuator.</param>
    /// <param name="times">How long its parts took.</param>
    /// <param name="nowMs">Wall clock, Unix ms.</param>
    public void Closed(CommandRecord record, TimeSpan? open, CommandTimes times, long nowMs) =>
        store.AddOwn((this, record, open, times, nowMs), static (batch, x) => x.Item1.Closed(batch, x.record, x.open, x.times, x.nowMs));

    public void State(ActuatorState actuator, long nowMs) => store.AddOwn((actuator, nowMs), static (batch, x) =>
    {
        var (actuator, nowMs) = x;
        var view = actuator.View;
        AddNumber(batch, actuator.Series, "target", view.Target, nowMs);
        AddNumber(batch, actuator.Series, "reported", view.Reported, nowMs);
        batch.Add(Point.OfText(actuator.Series, "mode", view.Mode ?? "unknown", nowMs));
        batch.Add(Point.OfText(actuator.Series, "source", view.Source, nowMs));
        batch.Add(Point.OfText(actuator.Series, "held", view.Held, nowMs));
    });

    private void Closed(StoreBatch batch, CommandRecord record, TimeSpan? open, CommandTimes times, long nowMs)
    {
        var outcome = Outcomes.Name(record.Stage);
        var series = catalog.Get(Schema.Command, ("site", record.Site), ("zone", record.Zone), ("actuator", record.Command.Actuator), ("outcome", outcome));
        var issuedMs = record.Command.Issued.ToUnixTimeMilliseconds();
        batch.Add(Point.OfText(series, "id", record.Command.Id.ToString(), issuedMs));
        batch.Add(Point.Of(series, "target", record.Command.Target, issuedMs));
        batch.Add(Point.Of(series, "latency_ms", open?.TotalMilliseconds ?? nowMs - issuedMs, issuedMs));
        AddNumber(batch, series, "decided_ms", times.Decided?.TotalMilliseconds, issuedMs);
        AddNumber(batch, series, "published_ms", times.Published?.TotalMilliseconds, issuedMs);
        AddNumber(batch, series, "answered_ms", times.Answered?.TotalMilliseconds, issuedMs);
        batch.Add(Point.OfText(series, "reason", record.Command.Reason, issuedMs));
        batch.Add(Point.OfText(series, "rule", record.Rule ?? "", issuedMs));
    }

    private static void AddNumber(StoreBatch batch, Series series, string field, double? value, long nowMs)
    {
        if (value is { } number)
        {
            batch.Add(Point.Of(series, field, number, nowMs));
        }
    }
}

/// <summary>How long the parts of a command took; null where that is not known, as after a restart.</summary>
/// <param name="Decided">From the reading, or the end of the timer, that made a rule decide until the issue.</param>
/// <param name="Published">From the issue until the broker had it.</param>
/// <param name="Answered">From the issue until the first word of the controller.</param>
internal readonly record struct CommandTimes(TimeSpan? Decided, TimeSpan? Published, TimeSpan? Answered);

/// <summary>Names of outcomes, as stored and shown.</summary>
public static class Outcomes
{
    /// <summary>The stage in snake case.</summary>
    public static string Name(CommandStage stage) => stage switch
    {
        CommandStage.Requested => "requested",
        CommandStage.Queued => "queued",
        CommandStage.Published => "published",
        CommandStage.Accepted => "accepted",
        CommandStage.Running => "running",
        CommandStage.Succeeded => "succeeded",
        CommandStage.NoEffect => "no_effect",
        CommandStage.Failed => "failed",
        CommandStage.Rejected => "rejected",
        CommandStage.TimedOut => "timed_out",
        CommandStage.Expired => "expired",
        CommandStage.Superseded => "superseded",
        _ => "cancelled",
    };

    /// <summary>Whether a person should know: what was asked for did not come about, for all that is known.</summary>
    public static bool IsTrouble(CommandStage stage) =>
        stage is CommandStage.Failed or CommandStage.Rejected or CommandStage.TimedOut or CommandStage.Expired or CommandStage.NoEffect;
}
