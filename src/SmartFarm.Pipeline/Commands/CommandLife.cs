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
        var command = new Command(
            Guid.CreateVersion7(now),
            config.Id,
            wanted.Target,
            config.Unit?.Symbol,
            config.Kind == ActuatorKind.Switch && wanted.Target >= 0.5 ? config.MaxOn : null,
            (actuator.Last?.Command.Seq ?? 0) + 1,
            now,
            now + options.Expiry,
            $"{(wanted.Authority == Authority.Interlock ? "interlock" : wanted.Authority == Authority.SafeState ? "safe state" : "rule")} {wanted.Source}");
        return new CommandRecord(command, actuator.Zone.Site.Id, actuator.Zone.Id, actuator.Controller.Id, wanted.Source, CommandStage.Requested, "", null, null);
    }

    /// <summary>After the broker took it, or could not be given it.</summary>
    public static CommandRecord? Handed(CommandRecord record, string? failure, long nowMs) =>
        !record.IsOpen ? null
        : failure is null ? record with { Stage = record.Stage == CommandStage.Requested ? CommandStage.Published : record.Stage, PublishedMs = nowMs }
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

    /// <summary>After silence: its expiry, plus the travel time once it was accepted, plus grace.</summary>
    /// <param name="age">Time since it was issued, on the monotonic clock: a step of the wall clock ends no command and keeps none open.</param>
    public static CommandRecord? TimedOut(CommandRecord record, Actuator actuator, CommandOptions options, TimeSpan age, long nowMs)
    {
        var patience = options.Expiry + options.Grace + (record.Stage is CommandStage.Accepted or CommandStage.Running ? actuator.Travel * 1.5 : TimeSpan.Zero);
        return !record.IsOpen || age < patience ? null : record with
        {
            Stage = CommandStage.TimedOut,
            ClosedMs = nowMs,
            Detail = record.Stage switch
            {
                CommandStage.Accepted or CommandStage.Running => "The controller accepted it and then fell silent.",
                CommandStage.Published => "The controller did not answer.",
                _ => "The broker did not take it in time.",
            },
        };
    }

    /// <summary>Pause before the same target is asked for again.</summary>
    public static TimeSpan RetryPause(int attempts, CommandOptions options)
    {
        var pause = options.FirstRetry * Math.Pow(2, Math.Clamp(attempts - 1, 0, 20));
        return pause < options.LongestRetry ? pause : options.LongestRetry;
    }
}
