using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SmartFarm.Worker.Reports;

/// <summary>
/// A report for machines: an object with <c>name, title, outcome, tone</c> and one member for every block by its key: a table is a list of
/// objects by its columns' keys, a chart has <c>unit</c> and <c>series</c> with points <c>[ms, value]</c>, thinned when they are many, texts are lists of sentences.
/// A number that is not known is null.
/// </summary>
internal static class ReportJson
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const int Stretches = 1000;

    public static string Write(Report report)
    {
        var top = new JsonObject
        {
            ["name"] = report.Name,
            ["title"] = report.Title,
            ["outcome"] = report.Outcome,
            ["tone"] = Word(report.Tone),
        };
        foreach (var block in report.Blocks)
        {
            top.Add(block.Key, Node(block));
        }

        return top.ToJsonString(Options);
    }

    private static JsonNode Node(ReportBlock block) => block switch
    {
        ReportText text => new JsonArray([.. text.Lines.Select(line => (JsonNode)line)]),
        ReportListing listing => JsonValue.Create(listing.Text),
        ReportTable table => new JsonArray([.. table.Rows.Select(row => Row(table, row))]),
        ReportChart chart => new JsonObject
        {
            ["title"] = chart.Title,
            ["unit"] = chart.Unit,
            ["levels"] = new JsonArray([.. chart.Levels.Select(l => new JsonObject { ["name"] = l.Name, ["value"] = Number(l.Value) })]),
            ["spans"] = new JsonArray([.. chart.Spans.Select(s => new JsonObject { ["name"] = s.Name, ["from"] = s.FromMs, ["to"] = s.ToMs })]),
            ["series"] = new JsonArray([.. chart.Series.Select(Line)]),
        },
        _ => throw new ArgumentOutOfRangeException(nameof(block), block.GetType().Name),
    };

    private static JsonObject Row(ReportTable table, IReadOnlyList<ReportCell> row) =>
        new(table.Columns.Zip(row, (column, cell) => KeyValuePair.Create(column.Key, Value(cell.Value))));

    private static JsonNode? Value(object? value) => value switch
    {
        null => null,
        double number => Number(number),
        int number => number,
        long number => number,
        bool truth => truth,
        _ => value.ToString(),
    };

    private static JsonNode? Number(double number) => double.IsFinite(number) ? number : null;

    private static JsonObject Line(ChartSeries series) => new()
    {
        ["name"] = series.Name,
        ["step"] = series.IsStep,
        ["points"] = new JsonArray([.. Thin(series.Points).Select(p => new JsonArray(p.TimeMs, Number(p.Value)))]),
    };

    private static IReadOnlyList<ChartPoint> Thin(IReadOnlyList<ChartPoint> points) =>
        points.Count == 0 ? points : ChartThinning.Thin(points, points[0].TimeMs, points[^1].TimeMs, Stretches);

    internal static string Word(Tone tone) => tone.ToString().ToLowerInvariant();
}
