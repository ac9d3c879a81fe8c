using SmartFarm.Rules.Language;

namespace SmartFarm.Rules.Kinds.Irrigation;

/// <summary>Why a cycle may begin; each part is null when it is not asked for.</summary>
/// <param name="When">Cycles begin only while this is known to be true; null: always.</param>
/// <param name="Light">By the sum of light.</param>
/// <param name="Moisture">By dryness.</param>
/// <param name="EveryMs">This long after the last one began, and when <paramref name="When"/> comes true.</param>
/// <param name="MaxRestMs">This long after the last one ended, whatever sensors say.</param>
/// <param name="MinRestMs">Never sooner than this after the last one ended.</param>
internal sealed record Occasions(Expression? When, LightSum? Light, Moisture? Moisture, long? EveryMs, long? MaxRestMs, long MinRestMs);

/// <summary>Light that a cycle waits for.</summary>
/// <param name="Light">What measures, W/m².</param>
/// <param name="Sum">How much since the last cycle began, J/cm².</param>
/// <param name="Above">And this bright at the moment, W/m²; null: however dark it is.</param>
/// <param name="Drain">What lowers or raises the sum; null: it stays.</param>
internal sealed record LightSum(Term Light, double Sum, double? Above, DrainFeedback? Drain);

/// <summary>Too little drain makes water come sooner, too much later.</summary>
/// <param name="Share">What measures, %.</param>
/// <param name="Low">Below this there is too little, %.</param>
/// <param name="High">Above this there is too much, %.</param>
/// <param name="LeastSum">The smallest sum that may come of it, J/cm².</param>
/// <param name="MostSum">The largest, J/cm².</param>
internal sealed record DrainFeedback(Term Share, double Low, double High, double LeastSum, double MostSum);

/// <summary>Water until it is moist, with rests in which it soaks in.</summary>
/// <param name="Dry">Begins it.</param>
/// <param name="Wet">Ends it; null: when <paramref name="Dry"/> is false.</param>
/// <param name="SoakMs">Rest between two cycles.</param>
internal sealed record Moisture(Expression Dry, Expression? Wet, long SoakMs);

/// <summary>Size of a cycle: by volume or by time.</summary>
/// <param name="Litres">Water on each square metre; null: by time.</param>
/// <param name="Ms">How long; null: by volume.</param>
internal sealed record CycleSize(double? Litres, long? Ms);

/// <summary>How much a cycle gives, and how that is measured.</summary>
/// <param name="Usual">Size of a cycle.</param>
/// <param name="First">Size of the first ones of a day; null: as all.</param>
/// <param name="FirstCycles">How many of them.</param>
/// <param name="Flow">What measures the water, L/min; null: nothing does.</param>
/// <param name="RateMm">What the drippers give, mm/h; null when it is not known.</param>
/// <param name="LongestMs">No cycle is longer.</param>
internal sealed record Dosing(CycleSize Usual, CycleSize? First, int FirstCycles, Term? Flow, double? RateMm, long LongestMs);

/// <summary>What ends a cycle early, and what keeps one from beginning.</summary>
/// <param name="MinFlow">Less flow than this means that no water comes, L/min; null: flow is not watched.</param>
/// <param name="ConfirmMs">For how long.</param>
/// <param name="Feed">What the water must be like.</param>
/// <param name="FeedForMs">How long it may be otherwise.</param>
/// <param name="LockMs">Rest after a cycle that ended early.</param>
/// <param name="MaxLitres">Most water in a local day, L/m²; null: no limit.</param>
/// <param name="MaxCycles">Most cycles in a local day; null: no limit.</param>
internal sealed record Safeguards(double? MinFlow, long ConfirmMs, FeedLimit[] Feed, long FeedForMs, long LockMs, double? MaxLitres, int? MaxCycles);

/// <summary>A range that the water must keep to.</summary>
/// <param name="Value">What measures.</param>
/// <param name="Low">Its least value.</param>
/// <param name="High">Its largest value.</param>
internal sealed record FeedLimit(Term Value, double Low, double High);
