using SmartFarm.Pipeline.Alarms;

namespace SmartFarm.Pipeline.Commands;

/// <summary>The alarms of the desk: commands that did not come about, and too many of them.</summary>
internal sealed class DeskAlarms(AlarmBook book)
{
    private const string Warning = "warning";
    private const string Storm = "command_storm";

    /// <summary>A storm is over when so much of what is allowed is there again.</summary>
    private const double Calm = 2.0 / 3;

    private static readonly CommandStage[] Troubles = [.. Enum.GetValues<CommandStage>().Where(Outcomes.IsTrouble)];

    /// <summary>A command has its outcome.</summary>
    /// <param name="record">The command.</param>
    /// <param name="isWatched">Whether its effect is watched for: then only that ends the alarm of a missing one.</param>
    public void Closed(CommandRecord record, bool isWatched)
    {
        if (Outcomes.IsTrouble(record.Stage))
        {
            var text = $"The command to '{record.Command.Actuator}' (target {record.Command.Target:0.##}) ended {Outcomes.Name(record.Stage)}. {record.Detail}".TrimEnd();
            book.Raise(new AlarmKey(record.Site, record.Zone, Code(record.Stage), record.Command.Actuator), Warning, text);
        }
        else if (record.Stage == CommandStage.Succeeded)
        {
            foreach (var trouble in Troubles.Where(t => !isWatched || t != CommandStage.NoEffect))
            {
                book.Clear(new AlarmKey(record.Site, record.Zone, Code(trouble), record.Command.Actuator), "A command to it succeeded.");
            }
        }
    }

    /// <summary>What had to follow a command was seen.</summary>
    public void HadEffect(string site, string zone, string actuator) =>
        book.Clear(new AlarmKey(site, zone, Code(CommandStage.NoEffect), actuator), "A command to it had its effect.");

    /// <summary>A command was held back because there were too many.</summary>
    public void Held(ActuatorState actuator, string objection)
    {
        if (!actuator.IsStorm)
        {
            actuator.IsStorm = true;
            book.Raise(StormOf(actuator), Warning, $"{objection} Rules may be fighting each other: see who wanted what with 'smartfarm rules explain {actuator.Actuator.Id}'.");
        }
    }

    /// <summary>Time has passed.</summary>
    public void Tick(ActuatorState actuator, TimeSpan now)
    {
        if (actuator.IsStorm && IsCalm(actuator.Commands, now) && IsCalm(actuator.Site.Commands, now))
        {
            actuator.IsStorm = false;
            book.Clear(StormOf(actuator), "Commands are few again.");
        }
    }

    private static AlarmKey StormOf(ActuatorState actuator) => new(actuator.Zone.Site.Id, actuator.Zone.Id, Storm, actuator.Actuator.Id);

    private static bool IsCalm(TokenBucket bucket, TimeSpan now) => bucket.Level(now) >= bucket.Capacity * Calm;

    private static string Code(CommandStage stage) => $"command_{Outcomes.Name(stage)}";
}
