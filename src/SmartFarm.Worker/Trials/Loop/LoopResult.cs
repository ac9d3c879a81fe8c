using SmartFarm.Domain.Farms;
using SmartFarm.Greenhouse.Climate;

namespace SmartFarm.Worker.Trials.Loop;

/// <summary>What came of a run: every zone, in the order of the farm.</summary>
/// <param name="Story">What was played.</param>
/// <param name="Seed">With which chance.</param>
/// <param name="Zones">The zones.</param>
internal sealed record LoopResult(LoopStory Story, long Seed, IReadOnlyList<ZoneResult> Zones);

/// <summary>What came of a run in one zone.</summary>
/// <param name="Zone">The zone.</param>
/// <param name="Climate">How its climate was kept.</param>
/// <param name="Actuators">What its actuators did.</param>
/// <param name="Used">What it used, per m² of floor.</param>
/// <param name="Commands">Every command that has ended, in order of its end.</param>
/// <param name="Alarms">Alarms raised.</param>
/// <param name="Breaches">What broke a promise that always holds.</param>
/// <param name="Series">The course of it.</param>
internal sealed record ZoneResult(
    Zone Zone,
    IReadOnlyList<ClimateTally> Climate,
    IReadOnlyList<ActuatorTally> Actuators,
    HouseMeters Used,
    IReadOnlyList<LoopCommand> Commands,
    IReadOnlyList<LoopAlarm> Alarms,
    IReadOnlyList<Breach> Breaches,
    LoopSeries Series);

/// <summary>An alarm that was raised.</summary>
internal readonly record struct LoopAlarm(DateTimeOffset Time, string Alarm, string Text);

/// <summary>A promise that was broken.</summary>
/// <param name="Time">When.</param>
/// <param name="Promise">Its name.</param>
/// <param name="Text">What happened, in a sentence.</param>
internal sealed record Breach(DateTimeOffset Time, string Promise, string Text);
