using System.Globalization;
using SmartFarm.Domain.Quantities;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Trials.Replay;

namespace SmartFarm.Worker.Trials.Replay;

/// <summary>The values of one column of a file of readings.</summary>
internal sealed class CsvColumn(int index, Signal signal, Unit? unit)
{
    private const int MissedReadings = 3;
    private static readonly TimeSpan LeastStaleAfter = TimeSpan.FromMinutes(1);
    private readonly List<double> _values = [];

    public int Index => index;

    public List<long> TimesMs { get; } = [];

    public void Take(long timeMs, string cell, Func<string, Exception> wrong)
    {
        if (cell.Length == 0)
        {
            return;
        }

        if (TimesMs.Count > 0 && timeMs < TimesMs[^1])
        {
            throw wrong("the time goes back; sort the lines by time");
        }

        TimesMs.Add(timeMs);
        _values.Add(cell switch
        {
            "on" => 1,
            "off" => 0,
            "flagged" or "missing" => double.NaN,
            _ when double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) => unit is null || signal.Unit is null ? value : unit.Convert(value, signal.Unit),
            _ => throw wrong($"'{cell}' in column {signal} is no number"),
        });
    }

    /// <summary>The series; a value counts for as long as three readings usually take.</summary>
    public RecordedSeries ToSeries()
    {
        var gaps = TimesMs.Zip(TimesMs.Skip(1), (a, b) => b - a).Order().ToArray();
        var usual = gaps.Length == 0 ? 0 : gaps[gaps.Length / 2];
        return new RecordedSeries(signal, Math.Max(MissedReadings * usual, (long)LeastStaleAfter.TotalMilliseconds), TimesMs, _values);
    }
}
