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

    public TrackUse UseOf(Actuator actuator) => TrackUse.Of(TrackOf(actuator.Id), actuator, Recording.FromMs, Recording.ToMs);
}
