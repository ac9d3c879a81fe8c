using System.Net;
using System.Text;

namespace SmartFarm.Worker.Reports;

/// <summary>Draws a chart as inline SVG; colours come from the page.</summary>
internal sealed class ChartSvg
{
    private const int Width = 960;
    private const int Height = 220;
    private const int Left = 56;
    private const int Right = 24;
    private const int Top = 10;
    private const int Bottom = 26;
    private readonly StringBuilder _svg = new();
    private readonly ReportChart _chart;
    private readonly long _fromMs;
    private readonly long _toMs;
    private readonly double _min;
    private readonly double _max;

    private ChartSvg(ReportChart chart)
    {
        _chart = chart;
        var times = chart.Series.SelectMany(s => s.Points).Select(p => p.TimeMs).DefaultIfEmpty();
        _fromMs = chart.FromMs ?? times.Min();
        _toMs = Math.Max(_fromMs + 1, chart.ToMs ?? times.Max());
        var values = chart.Series.SelectMany(s => s.Points).Select(p => p.Value).Concat(chart.Levels.Select(l => l.Value)).Where(double.IsFinite).DefaultIfEmpty();
        var (low, high) = (values.Min(), values.Max());
        var margin = high > low ? (high - low) * 0.04 : Math.Max(1, Math.Abs(high) * 0.1);
        (_min, _max) = (low - margin, high + margin);
    }

    public static string Draw(ReportChart chart) => new ChartSvg(chart).Draw();

    private string Draw()
    {
        _svg.Append($"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Html(_chart.Title)}\">");
        foreach (var span in _chart.Spans)
        {
            var (from, to) = (X(span.FromMs), X(span.ToMs));
            _svg.Append($"<rect class=\"span {ReportJson.Word(span.Tone)}\" x=\"{from:0.#}\" y=\"{Top}\" width=\"{Math.Max(1, to - from):0.#}\" height=\"{Height - Top - Bottom}\"><title>{Html(span.Name)}</title></rect>");
        }

        Axes();
        foreach (var level in _chart.Levels)
        {
            _svg.Append($"<line class=\"level\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(level.Value):0.#}\" y2=\"{Y(level.Value):0.#}\"><title>{Html(level.Name)}</title></line>");
        }

        for (var i = 0; i < _chart.Series.Count; i++)
        {
            _svg.Append($"<path class=\"line c{i % 8}\" d=\"{Path(_chart.Series[i])}\"><title>{Html(_chart.Series[i].Name)}</title></path>");
        }

        return _svg.Append("</svg>").ToString();
    }

    private void Axes()
    {
        var (values, format) = ChartAxis.Values(_min, _max, 5);
        foreach (var value in values)
        {
            _svg.Append($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(value):0.#}\" y2=\"{Y(value):0.#}\"/>");
            _svg.Append($"<text x=\"{Left - 6}\" y=\"{Y(value) + 4:0.#}\" text-anchor=\"end\">{value.ToString(format)}</text>");
        }

        foreach (var (timeMs, text) in ChartAxis.Times(_fromMs, _toMs, 10, _chart.Zone))
        {
            _svg.Append($"<line class=\"grid\" x1=\"{X(timeMs):0.#}\" x2=\"{X(timeMs):0.#}\" y1=\"{Top}\" y2=\"{Height - Bottom}\"/>");
            _svg.Append($"<text x=\"{X(timeMs):0.#}\" y=\"{Height - 8}\" text-anchor=\"middle\">{text}</text>");
        }
    }

    private string Path(ChartSeries series)
    {
        var path = new StringBuilder();
        var isDown = false;
        foreach (var point in ChartThinning.Thin(series.Points, _fromMs, _toMs, Width - Left - Right))
        {
            if (!double.IsFinite(point.Value))
            {
                isDown = false;
                continue;
            }

            if (isDown && series.IsStep)
            {
                path.Append($"H{X(point.TimeMs):0.#}V{Y(point.Value):0.#}");
            }
            else
            {
                path.Append($"{(isDown ? 'L' : 'M')}{X(point.TimeMs):0.#} {Y(point.Value):0.#}");
            }

            isDown = true;
        }

        return isDown && series.IsStep ? path.Append($"H{X(_toMs):0.#}").ToString() : path.ToString();
    }

    private double X(long timeMs) => Left + (Math.Clamp((timeMs - _fromMs) / (double)(_toMs - _fromMs), 0, 1) * (Width - Left - Right));

    private double Y(double value) => Height - Bottom - ((value - _min) / (_max - _min) * (Height - Top - Bottom));

    private static string Html(string text) => WebUtility.HtmlEncode(text);
}
