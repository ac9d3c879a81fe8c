namespace SmartFarm.Worker.Trials.Loop;

/// <summary>A house and its actuators over time, for charts: a row every so often. Bounded by the length of the run.</summary>
/// <param name="Start">Time of the first row.</param>
/// <param name="Every">Time between two rows.</param>
/// <param name="Columns">Names with their units; first the climate, then the actuators.</param>
/// <param name="Values">By column, then by row.</param>
internal sealed record LoopSeries(DateTimeOffset Start, TimeSpan Every, IReadOnlyList<string> Columns, IReadOnlyList<List<double>> Values);
