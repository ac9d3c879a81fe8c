using SmartFarm.Domain.Commands;
using SmartFarm.Domain.Farms;
using SmartFarm.Rules.Engine;

namespace SmartFarm.Pipeline.Commands;

/// <summary>The life of a command, as pure functions: a record in, the next record out, or null when nothing changes.</summary>
internal static class CommandLife
{
    /// <summary>A new command for what is wanted. Its number rises with every command to the actuator, also across restarts.</summary>
    public static CommandRecord New(ActuatorState actuator, Decision wanted, CommandOptions options, DateTimeOffset now)
    {
        var config = actuator.Actuator;

        // A node that sleeps is given two uplinks: one of them may be lost.
        var lifetime = options.Expiry + (2 * (actuator.Controller.Uplink ?? TimeSpan.Zero));
        var command = new Command(
            Guid.CreateVersion7(now),
            config.Id,
            wanted.Target,
            config.Unit?.Symbol,
            config.Kind == ActuatorKind.Switch && wanted.Target >= 0.5 ? config.MaxOn : null,
            (actuator.Last?.Command.Seq ?? 0) + 1,
            now,
            now + lifetime,
            $"{AuthorityWords.Of(wanted.Authority)} {wanted.Source}");
        var rule = AuthorityWords.IsPerson(wanted.Authority) ? null : wanted.Source;
        return new CommandRecord(command, actuator.Zone.Site.Id, actuator.Zone.Id, actuator.Controller.Id, rule, CommandStage.Requested, "", null, null);
    }

    /// <summary>After the broker took it, or could not be given it.</summary>
    public static CommandRecord? Handed(CommandRecord record, Controller controller, string? failure, long nowMs) =>
        !record.IsOpen || (failure is null && record.PublishedMs is not null) ? null
        : failure is null && record.Stage != CommandStage.Requested ? record with { PublishedMs = nowMs }
        : failure is null && controller.Uplink is { } uplink ? record with { Stage = CommandStage.Queued, PublishedMs = nowMs, Detail = $"It waits for the next uplink, within {uplink.TotalMinutes:0.#} min." }
        : failure is null ? record with { Stage = CommandStage.Published, PublishedMs = nowMs }
        : record.Stage == CommandStage.Requested ? record with { Stage = CommandStage.Expired, ClosedMs = nowMs, Detail = failure }
        : null;

    /// <summary>After an answer. The controller's last word closes a command, and corrects a time-out; nothing reopens one.</summary>
    public static CommandRecord? Next(CommandRecord record, CommandReply reply, long nowMs)
    {
        var stage = reply.Status switch
        {
            ReplyStatus.Accepted => CommandStage.Accepted,
            ReplyStatus.Running => CommandStage.Running,
            ReplyStatus.Succeeded => CommandStage.Succeeded,
            ReplyStatus.Failed => CommandStage.Failed,
            _ => CommandStage.Rejected,
        };
        var isFinal = stage is CommandStage.Succeeded or CommandStage.Failed or CommandStage.Rejected;
        var mayMove = record.IsOpen ? stage > record.Stage : record.Stage is CommandStage.TimedOut or CommandStage.Expired && isFinal;
        return !mayMove ? null : record with
        {
            Stage = stage,
            Detail = reply.Detail ?? record.Detail,
            ClosedMs = isFinal ? nowMs : null,
        };
    }

    /// <summary>After an uplink of the node it was queued for: the network sends it down now.</summary>
    public static CommandRecord? Uplinked(CommandRecord record) => record.Stage == CommandStage.Queued ? record with { Stage = CommandStage.Published, Detail = "" } : null;

    /// <summary>After the controller started anew: what it was carrying out is forgotten. What had not reached it may still come.</summary>
    public static CommandRecord? Restarted(CommandRecord record, long nowMs) => record.Stage is not (CommandStage.Accepted or CommandStage.Running) ? null
        : record with { Stage = CommandStage.Failed, ClosedMs = nowMs, Detail = "The controller started anew while it carried it out." };

    /// <summary>After what had to follow a success did not.</summary>
    public static CommandRecord? WithoutEffect(CommandRecord record, string seen) =>
        record.Stage != CommandStage.Succeeded ? null : record with { Stage = CommandStage.NoEffect, Detail = seen };

    /// <summary>After silence: its expiry, plus the travel time once it was accepted, plus the next uplink of a node that sleeps, plus grace.</summary>
    /// <param name="record">The command.</param>
    /// <param name="actuator">Its actuator.</param>
    /// <param name="uplink">Between two uplinks of its controller; null when that always listens.</param>
    /// <param name="options">Times of the desk.</param>
    /// <param name="age">Time since it was issued, on the monotonic clock: a step of the wall clock ends no command and keeps none open.</param>
    /// <param name="nowMs">Wall clock, Unix ms.</param>
    public static CommandRecord? TimedOut(CommandRecord record, Actuator actuator, TimeSpan? uplink, CommandOptions options, TimeSpan age, long nowMs)
    {
        var lifetime = record.Command.Expires - record.Command.Issued;
        var patience = lifetime + options.Grace + (uplink ?? TimeSpan.Zero) + (record.Stage is CommandStage.Accepted or CommandStage.Running ? actuator.Travel * 1.5 : TimeSpan.Zero);
        return !record.IsOpen || age < patience ? null : record with
        {
            Stage = CommandStage.TimedOut,
            ClosedMs = nowMs,
            Detail = record.Stage switch
            {
                CommandStage.Accepted or CommandStage.Running => "The controller accepted it and then fell silent.",
                CommandStage.Queued => "The controller gave no sign of life.",
                CommandStage.Published => "The controller did not answer.",
                _ => "The broker did not take it in time.",
            },
        };
    }

    /// <summary>Pause before the same target is asked for again. Only what people and rules want waits longer each time: safety goes on asking.</summary>
    public static TimeSpan RetryPause(Authority authority, int attempts, CommandOptions options)
    {
        if (AuthorityWords.IsEmergency(authority) || AuthorityWords.IsSafety(authority))
        {
            return AuthorityWords.IsEmergency(authority) ? options.Grace : options.FirstRetry;
        }

        var pause = options.FirstRetry * Math.Pow(2, Math.Clamp(attempts - 1, 0, 20));
        return pause < options.LongestRetry ? pause : options.LongestRetry;
    }
}
