using Spectre.Console;

namespace SmartFarm.Worker.Reports;

/// <summary>A report for the terminal. Charts shrink to one line of blocks per series; the page has them in full.</summary>
internal static class ReportTerminal
{
    private const string Blocks = "▁▂▃▄▅▆▇█";
    private const int Stretches = 72;

    public static void Write(Report report, IAnsiConsole console)
    {
        console.MarkupLine($"[bold]{Markup.Escape(report.Title)}[/]");
        foreach (var block in report.Blocks.Where(b => b is not ReportChart { IsForPage: true }))
        {
            console.WriteLine();
            console.MarkupLine($"[underline]{Markup.Escape(block.Title)}[/]");
            Write(block, console);
        }

        console.WriteLine();
        console.MarkupLine(Toned(report.Outcome, report.Tone));
    }

    private static void Write(ReportBlock block, IAnsiConsole console)
    {
        switch (block)
        {
            case ReportText text:
                foreach (var line in text.Lines)
                {
                    console.MarkupLine(Toned(line, text.Tone));
                }

                break;
            case ReportListing listing:
                console.WriteLine(listing.Text);
                break;
            case ReportTable table:
                console.Write(Table(table));
                break;
            case ReportChart chart:
                foreach (var series in chart.Series)
                {
                    console.MarkupLine(Markup.Escape(Line(series, chart.Unit)));
                }

                break;
        }
    }

    private static Table Table(ReportTable table)
    {
        var drawn = new Table().Border(TableBorder.Simple);
        for (var i = 0; i < table.Columns.Count; i++)
        {
            var column = new TableColumn(Markup.Escape(table.Columns[i].Title));
            drawn.AddColumn(table.Rows.Any(r => r[i].IsNumber) ? column.RightAligned().NoWrap() : column);
        }

        foreach (var row in table.Rows)
        {
            drawn.AddRow([.. row.Zip(table.Columns, (cell, column) => Toned(cell.ToText(column), cell.Tone))]);
        }

        return drawn;
    }

    private static string Line(ChartSeries series, string unit)
    {
        var known = series.Points.Where(p => double.IsFinite(p.Value)).ToList();
        if (known.Count == 0)
        {
            return $"{series.Name}: nothing known";
        }

        var (min, max) = (known.Min(p => p.Value), known.Max(p => p.Value));
        var (fromMs, toMs) = (series.Points[0].TimeMs, series.Points[^1].TimeMs + 1);
        var means = known.ToLookup(p => (int)((p.TimeMs - fromMs) * (double)Stretches / (toMs - fromMs)), p => p.Value);
        var (line, last) = (new char[Stretches], ' ');
        for (var i = 0; i < Stretches; i++)
        {
            last = means.Contains(i) ? Blocks[(int)Math.Round((means[i].Average() - min) / Math.Max(max - min, 1e-12) * (Blocks.Length - 1))]
                : series.IsStep ? last : ' ';
            line[i] = last;
        }

        return $"{new string(line)}  {series.Name}, {min:0.##} to {max:0.##} {unit}";
    }

    private static string Toned(string text, Tone tone)
    {
        var escaped = Markup.Escape(text);
        return tone switch
        {
            Tone.Good => $"[green]{escaped}[/]",
            Tone.Warn => $"[yellow]{escaped}[/]",
            Tone.Bad => $"[red]{escaped}[/]",
            Tone.Dim => $"[grey]{escaped}[/]",
            _ => escaped,
        };
    }
}
