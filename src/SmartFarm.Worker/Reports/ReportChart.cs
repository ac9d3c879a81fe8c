namespace SmartFarm.Worker.Reports;

/// <summary>Lines over time, all in one unit. Charts of one report that follow each other share their time axis by having the same bounds.</summary>
/// <param name="Key">What machines call it.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Unit">Unit of every line.</param>
/// <param name="Series">The lines.</param>
internal sealed record ReportChart(string Key, string Title, string Unit, IReadOnlyList<ChartSeries> Series) : ReportBlock(Key, Title)
{
    /// <summary>Zone of the clock on the time axis; null: time counts from zero.</summary>
    public TimeZoneInfo? Zone { get; init; }

    /// <summary>Left end of the time axis, Unix ms; null: where the first line begins.</summary>
    public long? FromMs { get; init; }

    /// <summary>Right end of the time axis, Unix ms; null: where the last line ends.</summary>
    public long? ToMs { get; init; }

    /// <summary>Whether the terminal leaves it out: the line of blocks would say nothing new.</summary>
    public bool IsForPage { get; init; }

    /// <summary>Level lines, such as the limits of a band.</summary>
    public IReadOnlyList<ChartLevel> Levels { get; init; } = [];

    /// <summary>Times that are shaded, such as those of an alarm.</summary>
    public IReadOnlyList<ChartSpan> Spans { get; init; } = [];
}

/// <summary>A line of a chart.</summary>
/// <param name="Name">What it is called in the legend.</param>
/// <param name="Points">Its points in order of time; NaN breaks the line.</param>
/// <param name="IsStep">Whether a value holds until the next, as a position that is wanted does.</param>
internal sealed record ChartSeries(string Name, IReadOnlyList<ChartPoint> Points, bool IsStep = false);

/// <summary>A point of a line.</summary>
internal readonly record struct ChartPoint(long TimeMs, double Value);

/// <summary>A level line.</summary>
internal sealed record ChartLevel(string Name, double Value);

/// <summary>A shaded time.</summary>
internal sealed record ChartSpan(long FromMs, long ToMs, string Name, Tone Tone = Tone.Dim);
