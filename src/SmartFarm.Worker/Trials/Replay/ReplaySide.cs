using SmartFarm.Domain.Farms;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Trials.Replay;

namespace SmartFarm.Worker.Trials.Replay;

/// <summary>One of the two that are compared: what a rule set would have done, or what happened.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Result">The replay; null for what happened.</param>
/// <param name="Recording">The recording.</param>
internal sealed record ReplaySide(string Name, ReplayResult? Result, Recording Recording)
{
    /// <summary>Where an actuator was, or would have been.</summary>
    public Track TrackOf(string actuator) => Result is not null ? Result.TrackOf(actuator)
        : Recording.Of(SignalScope.Actuator, actuator, Signal.Position) is { } series ? new Track(series.TimesMs, series.Values)
        : Track.Empty;

    /// <summary>How an actuator was used, or would have been; null when nothing is known of it.</summary>
    public TrackUse? UseOf(Actuator actuator) =>
        TrackOf(actuator.Id) is { TimesMs.Count: > 0 } track ? TrackUse.Of(track, actuator, Recording.FromMs, Recording.ToMs) : null;

    /// <summary>Movements of all actuators; null when nothing is known of any.</summary>
    public int? Movements(IEnumerable<Actuator> actuators) => actuators.Select(UseOf).OfType<TrackUse>().ToArray() is { Length: > 0 } uses ? uses.Sum(u => u.Movements) : null;
}
