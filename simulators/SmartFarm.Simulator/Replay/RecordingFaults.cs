namespace SmartFarm.Simulator.Replay;

/// <summary>What of a recording could not be sent, counted, with the first case of each kind in words. Not thread-safe.</summary>
internal sealed class RecordingFaults
{
    /// <summary>Cells without a reading.</summary>
    public long EmptyCells { get; set; }

    /// <summary>Cells that hold something else than a number.</summary>
    public long BadCells { get; private set; }

    /// <summary>Rows without a time that can be read.</summary>
    public long BadRows { get; private set; }

    public string? FirstBadCell { get; private set; }

    public string? FirstBadRow { get; private set; }

    public void BadCell(string sentence)
    {
        BadCells++;
        FirstBadCell ??= sentence;
    }

    public void BadRow(string sentence)
    {
        BadRows++;
        FirstBadRow ??= sentence;
    }
}
