using SmartFarm.Domain.Commands;
using SmartFarm.Domain.Farms;
using SmartFarm.Pipeline.Clocks;
using SmartFarm.Pipeline.State;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Rules.Engine;

namespace SmartFarm.Pipeline.Commands;

/// <summary>What the desk knows of one actuator. Only the desk's own loop changes it; <see cref="View"/> may be read by anyone.</summary>
internal sealed class ActuatorState
{
    private ActuatorView _view;

    public ActuatorState(SiteDesk site, ZoneState zone, Controller controller, Actuator actuator, SeriesCatalog catalog, CommandOptions options)
    {
        (Site, Zone, Controller, Actuator) = (site, zone, controller, actuator);
        Commands = new TokenBucket(options.ActuatorBurst, options.ActuatorRefill);
        Key = KeyOf(zone.Site.Id, zone.Id, actuator.Id);
        Series = catalog.Get(Schema.Actuator, ("site", zone.Site.Id), ("zone", zone.Id), ("actuator", actuator.Id));
        _view = Picture();
    }

    public string Key { get; }

    /// <summary>Zone and name, for people.</summary>
    public string Name => $"{Zone.Id}/{Actuator.Id}";

    public SiteDesk Site { get; }

    /// <summary>What it shares with others.</summary>
    public List<SharedGroup> Groups { get; } = [];

    /// <summary>How many commands it may be given.</summary>
    public TokenBucket Commands { get; }

    /// <summary>Whether commands to it are held back because there are too many.</summary>
    public bool IsStorm { get; set; }

    public ZoneState Zone { get; }

    public Controller Controller { get; }

    public Actuator Actuator { get; }

    public Series Series { get; }

    /// <summary>How the clock of its controller stands to ours.</summary>
    public SenderClock Clock { get; init; } = new();

    /// <summary>When what is wanted was decided, by the steady clock, ms; null once it was commanded or held back: for the latency only.</summary>
    public long? DecidedMs { get; set; }

    /// <summary>What the rules want; null: nothing yet.</summary>
    public Decision? Wanted { get; set; }

    /// <summary>The newest command, whatever became of it; null: none ever.</summary>
    public CommandRecord? Last { get; set; }

    /// <summary>What the controller reports; null: nothing yet.</summary>
    public double? Reported { get; set; }

    public ControlMode? Mode { get; set; }

    public long? ReportedMs { get; set; }

    /// <summary>When a switch was last seen or told to change, on the monotonic clock; null: not known.</summary>
    public TimeSpan? Switched { get; set; }

    /// <summary><see cref="Switched"/> before the newest command, for when that turns out never to have acted.</summary>
    public TimeSpan? SwitchedBefore { get; set; }

    /// <summary>Which start of its controller reported last; null: it does not say.</summary>
    public string? Boot { get; set; }

    /// <summary>What the status topic of its controller says; null: nothing yet.</summary>
    public bool? IsOnline { get; set; }

    /// <summary>When its controller last reported, on the monotonic clock; null: not yet.</summary>
    public TimeSpan? HeardAt { get; set; }

    /// <summary>When the newest command was issued, on the monotonic clock.</summary>
    public TimeSpan OpenedAt { get; set; }

    /// <summary>How long the parts of the newest command took, as far as is known.</summary>
    public CommandTimes Times { get; set; }

    /// <summary>When the newest command was last handed to the broker, on the monotonic clock.</summary>
    public TimeSpan SentAt { get; set; }

    /// <summary>Ends the hand-over of the newest command to the broker; null when none is under way.</summary>
    public CancellationTokenSource? HandOver { get; set; }

    /// <summary>Tries at the same target that did not get there.</summary>
    public int Attempts { get; set; }

    /// <summary>Before this moment of the monotonic clock the same target is not asked for again.</summary>
    public TimeSpan RetryAt { get; set; }

    /// <summary>Why the wanted target is not commanded just now; empty when it is, or nothing is wanted.</summary>
    public string HeldBecause { get; set; } = "";

    /// <summary>When its state was last stored, on the monotonic clock.</summary>
    public TimeSpan? StoredAt { get; set; }

    public ActuatorView View => Volatile.Read(ref _view);

    /// <summary>
    /// What is taken for its position: the target of a command that is under way, or the report, or the target that was reached last; null: not known.
    /// </summary>
    public double? Position => Last is { IsOpen: true, Stage: not CommandStage.Requested } ? Last.Command.Target
        : Reported ?? (Last is { Stage: CommandStage.Succeeded or CommandStage.NoEffect } ? Last.Command.Target : null);

    /// <summary>Withdraws the newest command from the broker's queue, if it is still in it.</summary>
    public void EndHandOver()
    {
        HandOver?.Cancel();
        HandOver?.Dispose();
        HandOver = null;
    }

    public static string KeyOf(string site, string zone, string actuator) => $"{site}/{zone}/{actuator}";

    public bool IsAt(double target) => Reported is { } reported && Math.Abs(reported - target) <= Tolerance;

    /// <summary>Whether a reported position lies in its range, with a tenth of it for end stops out of adjustment.</summary>
    public bool CanBeAt(double position) => position >= Actuator.Min - (0.1 * (Actuator.Max - Actuator.Min)) && position <= Actuator.Max + (0.1 * (Actuator.Max - Actuator.Min));

    /// <summary>Below this a difference is no difference.</summary>
    public double Tolerance => Actuator.Kind == ActuatorKind.Switch ? 0.5 : Math.Max(Actuator.MinMove, 1e-3 * (Actuator.Max - Actuator.Min));

    /// <summary>Takes a new picture for the readers; true when it differs from the last.</summary>
    public bool Refresh()
    {
        var picture = Picture();
        var changed = Stored(picture) != Stored(View);
        Volatile.Write(ref _view, picture);
        return changed;
    }

    /// <summary>What of a picture is stored as soon as it changes.</summary>
    private static ActuatorView Stored(ActuatorView picture) => picture with { ReportedMs = null, Held = "", IsOnline = null };

    private ActuatorView Picture() => new(
        Actuator.Id,
        Actuator.Kind,
        Actuator.Unit?.Symbol,
        Wanted?.Target ?? Last?.Command.Target,
        Reported,
        Mode?.ToString().ToLowerInvariant(),
        ReportedMs,
        Wanted?.Source ?? Last?.Rule ?? "")
    {
        Min = Actuator.Min,
        Max = Actuator.Max,
        Held = HeldBecause,
        IsOnline = IsOnline,
    };
}
