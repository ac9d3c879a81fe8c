namespace SmartFarm.Simulator.Replay;

/// <summary>What a replay did.</summary>
/// <param name="Rows">Rows in the chosen span.</param>
/// <param name="Messages">Messages handed to the broker: one for each device that a row has values of.</param>
/// <param name="Readings">Values in them.</param>
/// <param name="Acknowledged">Messages that the broker acknowledged.</param>
/// <param name="Refused">Messages that the broker refused.</param>
/// <param name="EmptyRows">Rows without any value.</param>
/// <param name="EmptyCells">Cells without a value.</param>
/// <param name="BadCells">Cells that hold no number.</param>
/// <param name="BadRows">Rows without a time that can be read.</param>
/// <param name="Warnings">Sentences about what a person should know.</param>
public sealed record ReplaySummary(
    long Rows,
    long Messages,
    long Readings,
    long Acknowledged,
    long Refused,
    long EmptyRows,
    long EmptyCells,
    long BadCells,
    long BadRows,
    IReadOnlyList<string> Warnings);

/// <summary>How far a replay is.</summary>
/// <param name="Rows">Rows done.</param>
/// <param name="Of">Rows in all.</param>
/// <param name="Time">Recorded time of the last one.</param>
public readonly record struct ReplayProgress(long Rows, long Of, DateTimeOffset Time);
