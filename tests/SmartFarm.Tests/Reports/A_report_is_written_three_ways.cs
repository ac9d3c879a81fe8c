using System.Text.Json.Nodes;
using System.Xml.Linq;
using SmartFarm.Worker.Reports;
using Xunit;

namespace SmartFarm.Tests.Reports;

/// <summary>One report as text, page and JSON: red when a block is left out of one of them, when a page would run what a rule is called, or when a line in a chart stands where its values are not.</summary>
public sealed class A_report_is_written_three_ways
{
    private static readonly Report Sample = new(
        "rules replay",
        "A day of gh1 <script>",
        "2 movements, 1 fewer",
        Tone.Good,
        [
            new ReportText("notes", "Notes", ["Nothing was [bold]left out."]),
            new ReportListing("case", "A case", "cases:\n  - name: a & b"),
            new ReportTable(
                "actuators",
                "Actuators",
                [new("actuator", "Actuator"), new("moves", "Movements", "0.0"), new("water", "Water, L")],
                [["roof_vent", 2.04, new(double.NaN, Tone.Warn)]]),
            new ReportChart("air", "Air", "°C", [new("inside", [new(0, 10), new(1000, 20), new(2000, double.NaN), new(3000, 10), new(4000, 20)]), new("wanted", [new(0, 15), new(2000, 12)], IsStep: true)])
            {
                Levels = [new("limit", 18)],
                Spans = [new(1000, 2000, "storm", Tone.Bad)],
            },
        ]);

    [Fact]
    public void Machines_find_every_block_by_its_key_and_values_as_values()
    {
        var json = JsonNode.Parse(ReportJson.Write(Sample))!;

        Assert.Equal(["name", "title", "outcome", "tone", "notes", "case", "actuators", "air"], json.AsObject().Select(p => p.Key));
        Assert.Equal(2.04, (double)json["actuators"]![0]!["moves"]!);
        Assert.Null(json["actuators"]![0]!["water"]);
        Assert.Equal([0, 1000, 2000, 3000, 4000], json["air"]!["series"]![0]!["points"]!.AsArray().Select(p => (long)p![0]!));
        Assert.Null(json["air"]!["series"]![0]!["points"]![2]![1]);
    }

    [Fact]
    public void The_terminal_gets_every_block_and_brackets_are_text()
    {
        var written = new StringWriter();
        ReportTerminal.Write(Sample, ReportOptions.Terminal(written));

        var text = written.ToString();
        Assert.All(["A day of gh1 <script>", "Nothing was [bold]left out.", "name: a & b", "roof_vent", "2.0", "–", "inside, 10 to 20 °C", "2 movements, 1 fewer"], part => Assert.Contains(part, text));
        Assert.Equal('▁', text.Split('\n').Single(l => l.Contains("inside,"))[0]);
    }

    [Fact]
    public void The_page_needs_nothing_from_elsewhere_and_runs_nothing()
    {
        var page = ReportHtml.Write(Sample);

        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("http", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("A day of gh1 &lt;script&gt;", page);
        Assert.All(Sample.Blocks, block => Assert.Contains($"<section id=\"{block.Key}\">", page));
    }

    [Fact]
    public void A_line_stands_where_its_values_are_and_breaks_where_nothing_is_known()
    {
        var svg = XElement.Parse(ChartSvg.Draw((ReportChart)Sample.Blocks[^1]));
        var paths = svg.Elements("path").Select(p => p.Attribute("d")!.Value).ToArray();

        Assert.Equal(["56 187.2", "276 16.8", "716 187.2", "936 16.8"], paths[0].Split('M', 'L').Skip(1).ToArray());
        Assert.Equal(2, paths[0].Count(c => c == 'M'));
        Assert.EndsWith("H936", paths[1]);
        Assert.Equal(("276", "220"), (svg.Element("rect")!.Attribute("x")!.Value, svg.Element("rect")!.Attribute("width")!.Value));
    }

    [Fact]
    public void A_long_line_is_thinned_and_keeps_its_peaks()
    {
        var points = Enumerable.Range(0, 100_000).Select(i => new ChartPoint(i * 1000L, i == 54_321 ? 99 : i % 7)).ToArray();

        var thin = ChartThinning.Thin(points, 0, 100_000_000, 900);

        Assert.InRange(thin.Count, 900, 3600);
        Assert.Contains(points[54_321], thin);
        Assert.Equal(points[0], thin[0]);
        Assert.Equal(points[^1], thin[^1]);
    }

    [Theory]
    [InlineData(0, 1, "0.0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(-3, 42, "0 10 20 30 40")]
    [InlineData(19.97, 20.03, "19.98 20.00 20.02")]
    public void Places_on_an_axis_are_round(double min, double max, string expected)
    {
        var (places, format) = ChartAxis.Values(min, max, 5);

        Assert.Equal(expected, string.Join(' ', places.Select(p => p.ToString(format))));
    }

    [Fact]
    public void The_time_axis_is_that_of_the_farm()
    {
        var almaty = TimeZoneInfo.FindSystemTimeZoneById("Asia/Almaty");
        var fromMs = DateTimeOffset.Parse("2026-07-14T12:30:00Z").ToUnixTimeMilliseconds();

        Assert.Equal(["18:00", "21:00", "15 Jul", "03:00"], ChartAxis.Times(fromMs, fromMs + (10 * 3_600_000), 4, almaty).Select(t => t.Text));
        Assert.Equal(["0 s", "10 min", "20 min"], ChartAxis.Times(0, 1_200_000, 3, null).Select(t => t.Text));
    }
}
