using System.Globalization;
using System.Text;

namespace SmartFarm.Simulator.Weeks;

/// <summary>Records of a house as an SVG picture: panels one below the other over the same days.</summary>
internal static class HousePlot
{
    private const int Left = 56, Width = 1000, Height = 150, Gap = 34, Top = 30, Legend = 150;

    private static readonly Panel[] Panels =
    [
        new("temperature, °C", [new("outside", "#888888", "outside_c"), new("cover", "#7aa6c2", "cover_c"), new("leaves", "#2e8b57", "canopy_c"), new("air", "#c0392b", "air_c")]),
        new("relative humidity, %", [new("outside", "#888888", "outside_rh"), new("air", "#1f6fb2", "air_rh")]),
        new("sun, W/m²; transpiration, g m⁻² h⁻¹", [new("sun outside", "#e1a100", "sun"), new("above the crop", "#b36b00", "light_above_crop"), new("transpiration", "#2e8b57", "transpiration_g_m2_h")]),
        new("heat, W/m²; air exchange, m/h", [new("boiler", "#c0392b", "heat_w"), new("air exchange", "#1f6fb2", "air_exchange_m_h")]),
        new(
            "actuators, share",
            [
                new("roof vents", "#1f6fb2", "roof_vent"), new("shade", "#b36b00", "shade"), new("energy screen", "#6c3483", "energy_screen"), new("fog", "#17a2a2", "fog"),
                new("boiler", "#c0392b", "heating"),
            ]),
    ];

    public static string Draw(string title, IReadOnlyList<HouseRecord> records)
    {
        var svg = new StringBuilder();
        var height = Top + (Panels.Length * (Height + Gap));
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Left + Width + Legend} {height}\" font-family=\"sans-serif\" font-size=\"12\">\n");
        svg.Append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left}\" y=\"16\" font-size=\"15\">{title}</text>\n");
        for (var i = 0; i < Panels.Length; i++)
        {
            Draw(svg, Panels[i], records, Top + (i * (Height + Gap)) + 14);
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void Draw(StringBuilder svg, Panel panel, IReadOnlyList<HouseRecord> records, double top)
    {
        var values = panel.Lines.Select(line => records.Select(Column(line.Column)).ToArray()).ToArray();
        var step = Step(values.Max(v => v.Max()) - values.Min(v => v.Min()));
        var (least, most) = (Math.Floor(values.Min(v => v.Min()) / step) * step, Math.Ceiling(values.Max(v => v.Max()) / step) * step);
        most = most > least ? most : least + step;

        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left}\" y=\"{top - 5:0.#}\" fill=\"#333\">{panel.Title}</text>\n");
        for (var level = least; level <= most + (step / 2); level += step)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{Left} {Y(level):0.#}h{Width}\" stroke=\"#e4e4e4\"/><text x=\"{Left - 6}\" y=\"{Y(level) + 4:0.#}\" text-anchor=\"end\" fill=\"#555\">{level:0.##}</text>\n");
        }

        Days(svg, records, top);
        for (var i = 0; i < values.Length; i++)
        {
            var points = string.Join(' ', values[i].Select((value, k) => string.Create(CultureInfo.InvariantCulture, $"{Left + (Width * k / (values[i].Length - 1.0)):0.#},{Y(value):0.#}")));
            svg.Append(CultureInfo.InvariantCulture, $"<polyline fill=\"none\" stroke=\"{panel.Lines[i].Colour}\" stroke-width=\"1.3\" points=\"{points}\"/>\n");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left + Width + 8}\" y=\"{top + 14 + (i * 17):0.#}\" fill=\"{panel.Lines[i].Colour}\">{panel.Lines[i].Name}</text>\n");
        }

        double Y(double value) => top + (Height * (most - value) / (most - least));
    }

    /// <summary>A line at each midnight, and the day below it.</summary>
    private static void Days(StringBuilder svg, IReadOnlyList<HouseRecord> records, double top)
    {
        for (var k = 1; k < records.Count; k++)
        {
            if (records[k].Time.Day != records[k - 1].Time.Day || k == 1)
            {
                var x = Left + (Width * k / (records.Count - 1.0));
                svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{x:0.#} {top:0.#}v{Height}\" stroke=\"#d0d0d0\"/><text x=\"{x + 3:0.#}\" y=\"{top + Height + 13:0.#}\" fill=\"#555\">{records[k].Time:d MMM}</text>\n");
            }
        }
    }

    /// <summary>A round distance of the lines of a scale, about five of them.</summary>
    private static double Step(double range)
    {
        var size = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(range, 1e-6) / 5)));
        return (range / 5 / size) switch { > 5 => 10 * size, > 2 => 5 * size, > 1 => 2 * size, _ => size };
    }

    private static Func<HouseRecord, double> Column(string name) => Array.Find(HouseRecord.Columns, column => column.Name == name).Value;

    private sealed record Panel(string Title, Line[] Lines);

    private sealed record Line(string Name, string Colour, string Column);
}
