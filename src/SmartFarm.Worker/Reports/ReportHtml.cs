using System.Net;
using System.Text;

namespace SmartFarm.Worker.Reports;

/// <summary>A report as one page that needs nothing else: no script, no font, no picture from elsewhere. It may be mailed and printed.</summary>
internal static class ReportHtml
{
    private const string Style = """
        :root { color-scheme: light dark; --ink: #1d2521; --dim: #66716b; --paper: #fbfcfb; --line: #d9dfdb; --good: #1a7f43; --warn: #a15c00; --bad: #b3261e; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6ebe8; --dim: #97a39c; --paper: #151a17; --line: #323b36; --good: #5ccb87; --warn: #e5a54b; --bad: #ff8a80; } }
        body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 1000px; margin: 2rem auto; padding: 0 1rem; }
        h1 { font-size: 1.5rem; margin: 0 } h2 { font-size: 1.05rem; margin: 2rem 0 .5rem } .name { color: var(--dim) }
        .outcome { font-size: 1.1rem; border-left: 4px solid currentColor; padding: .3rem .8rem; margin: 1rem 0 }
        .good { color: var(--good) } .warn { color: var(--warn) } .bad { color: var(--bad) } .dim { color: var(--dim) }
        table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums } th, td { text-align: left; padding: .25rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top }
        th { color: var(--dim); font-weight: 600 } .number { text-align: right } .scroll { overflow-x: auto }
        pre { background: color-mix(in srgb, var(--line) 40%, transparent); padding: .8rem; overflow-x: auto }
        svg { width: 100%; height: auto; font: 11px system-ui, sans-serif } svg text { fill: var(--dim) }
        .grid { stroke: var(--line) } .level { stroke: var(--dim); stroke-dasharray: 5 4 } .line { fill: none; stroke-width: 1.6; stroke-linejoin: round }
        .span { fill: var(--dim); opacity: .12 } .span.bad { fill: var(--bad) } .span.warn { fill: var(--warn) } .span.good { fill: var(--good) }
        .legend { margin: 0; padding: 0; list-style: none; color: var(--dim) } .legend li { display: inline-block; margin-right: 1.2rem } .legend i { display: inline-block; width: 1.2em; height: 3px; margin-right: .4em; vertical-align: middle }
        """;

    /// <summary>Colours that people with any kind of colour vision tell apart (Okabe and Ito 2008), black left to the text.</summary>
    private static readonly string[] Colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8a7f00", "#7d6bb0"];

    public static string Write(Report report)
    {
        var page = new StringBuilder();
        page.Append($"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{Html(report.Title)}</title>\n<style>\n{Style}\n");
        for (var i = 0; i < Colours.Length; i++)
        {
            page.Append($".line.c{i} {{ stroke: {Colours[i]} }} i.c{i} {{ background: {Colours[i]} }}\n");
        }

        page.Append($"</style></head><body>\n<p class=\"name\">smartfarm {Html(report.Name)}</p><h1>{Html(report.Title)}</h1>\n");
        page.Append($"<p class=\"outcome {ReportJson.Word(report.Tone)}\">{Html(report.Outcome)}</p>\n");
        foreach (var block in report.Blocks)
        {
            page.Append($"<section id=\"{Html(block.Key)}\"><h2>{Html(block.Title)}</h2>\n");
            Write(page, block);
            page.Append("</section>\n");
        }

        return page.Append("</body></html>\n").ToString();
    }

    private static void Write(StringBuilder page, ReportBlock block)
    {
        switch (block)
        {
            case ReportText text:
                page.AppendJoin('\n', text.Lines.Select(line => $"<p class=\"{ReportJson.Word(text.Tone)}\">{Html(line)}</p>"));
                break;
            case ReportListing listing:
                page.Append($"<pre>{Html(listing.Text)}</pre>");
                break;
            case ReportTable table:
                Write(page, table);
                break;
            case ReportChart chart:
                Write(page, chart);
                break;
        }
    }

    private static void Write(StringBuilder page, ReportTable table)
    {
        page.Append("<div class=\"scroll\"><table><thead><tr>");
        for (var i = 0; i < table.Columns.Count; i++)
        {
            page.Append($"<th{(table.Rows.Any(r => r[i].IsNumber) ? " class=\"number\"" : "")}>{Html(table.Columns[i].Title)}</th>");
        }

        page.Append("</tr></thead><tbody>\n");
        foreach (var row in table.Rows)
        {
            page.Append("<tr>");
            page.AppendJoin("", row.Zip(table.Columns, (cell, column) =>
                $"<td class=\"{ReportJson.Word(cell.Tone)}{(cell.IsNumber ? " number" : "")}\">{Html(cell.ToText(column))}</td>"));
            page.Append("</tr>\n");
        }

        page.Append("</tbody></table></div>\n");
    }

    private static void Write(StringBuilder page, ReportChart chart)
    {
        page.Append("<ul class=\"legend\">");
        page.AppendJoin("", chart.Series.Select((s, i) => $"<li><i class=\"c{i % Colours.Length}\"></i>{Html(s.Name)}</li>"));
        page.AppendJoin("", chart.Levels.Select(l => $"<li>┄ {Html(l.Name)} {l.Value:0.##}</li>"));
        page.Append($"<li>{Html(chart.Unit)}</li></ul>\n").Append(ChartSvg.Draw(chart)).Append('\n');
    }

    private static string Html(string text) => WebUtility.HtmlEncode(text);
}
