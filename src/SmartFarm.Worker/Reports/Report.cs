namespace SmartFarm.Worker.Reports;

/// <summary>How something is to be taken.</summary>
internal enum Tone
{
    Plain,
    Good,
    Warn,
    Bad,
    Dim,
}

/// <summary>
/// What a trial found, told once and written three ways: as text for the terminal, as a page with charts, as JSON for machines. Values are
/// kept as values; words and numbers for people are made of them by the writers.
/// </summary>
/// <param name="Name">What made it: <c>rules test</c>.</param>
/// <param name="Title">One line on what was tried.</param>
/// <param name="Outcome">One sentence with what came of it.</param>
/// <param name="Tone">Whether that is good.</param>
/// <param name="Blocks">The rest, in order.</param>
internal sealed record Report(string Name, string Title, string Outcome, Tone Tone, IReadOnlyList<ReportBlock> Blocks);

/// <summary>A part of a report.</summary>
/// <param name="Key">What machines call it, unique in its report, such as <c>movements</c>.</param>
/// <param name="Title">What people call it.</param>
internal abstract record ReportBlock(string Key, string Title);

/// <summary>Sentences.</summary>
internal sealed record ReportText(string Key, string Title, IReadOnlyList<string> Lines, Tone Tone = Tone.Plain) : ReportBlock(Key, Title);

/// <summary>Text whose blanks and line ends count, such as a case file.</summary>
internal sealed record ReportListing(string Key, string Title, string Text) : ReportBlock(Key, Title);

/// <summary>A table; every row has a cell for every column.</summary>
internal sealed record ReportTable(string Key, string Title, IReadOnlyList<ReportColumn> Columns, IReadOnlyList<IReadOnlyList<ReportCell>> Rows) : ReportBlock(Key, Title);

/// <summary>A column of a table.</summary>
/// <param name="Key">What machines call it.</param>
/// <param name="Title">What people call it, with the unit of its numbers.</param>
/// <param name="Format">How its numbers are written for people, such as <c>0.0</c>.</param>
internal sealed record ReportColumn(string Key, string Title, string Format = "0.##");

/// <summary>A cell of a table.</summary>
/// <param name="Value">Text, number, truth value or null.</param>
/// <param name="Tone">How it is to be taken.</param>
internal readonly record struct ReportCell(object? Value, Tone Tone = Tone.Plain)
{
    public static implicit operator ReportCell(string? text) => new(text);

    public static implicit operator ReportCell(double number) => new(number);

    public bool IsNumber => Value is double or int or long;

    /// <summary>The value for people; a number that is not known is a dash.</summary>
    public string ToText(ReportColumn column) => Value switch
    {
        null or double.NaN => "–",
        IFormattable number => number.ToString(column.Format, null),
        bool truth => truth ? "yes" : "no",
        _ => Value.ToString() ?? "",
    };
}
