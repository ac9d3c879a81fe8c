using System.Globalization;
using CsvHelper;
using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;
using SmartFarm.Rules.Trials;
using SmartFarm.Rules.Trials.Replay;
using SmartFarm.Worker.Settings;

namespace SmartFarm.Worker.Trials.Replay;

/// <summary>
/// Makes a recording of a file of readings: a column <c>time</c> (ISO 8601; without offset it is the clock of the site) and one column for each signal by the name that
/// rules use, such as <c>air_temperature</c>, <c>site.wind_speed</c>, <c>roof_vent</c>; another unit stands behind it: <c>air_temperature [degF]</c>. An empty cell is no
/// value, <c>flagged</c> one that may not be relied on.
/// </summary>
internal static class CsvRecording
{
    private const string TimeColumn = "time";
    private static readonly CsvReaderOptions Options = new() { TrimWhitespace = true, TrackLineNumbers = true, MaxRecordSize = 1 << 20 };

    /// <exception cref="SettingsException">The file is not there, or a column or cell of it cannot be understood.</exception>
    public static Recording Read(string path, Site site, Zone zone)
    {
        if (!File.Exists(path))
        {
            throw new SettingsException($"There is no file '{path}'; name one with --csv.");
        }

        using var text = new StreamReader(path);
        return Read(text, path, site, zone);
    }

    internal static Recording Read(TextReader text, string name, Site site, Zone zone)
    {
        try
        {
            using var csv = CsvReader.Create(text, Options, true);
            return Read(csv, name, site, zone);
        }
        catch (CsvFormatException e)
        {
            throw new SettingsException($"{name}, line {e.LineNumber}: this is no CSV. {e.Message}", e);
        }
    }

    private static Recording Read(CsvReader csv, string name, Site site, Zone zone)
    {
        string[] header = [.. csv.Headers.Select(h => h.Trim())];
        if (Array.IndexOf(header, TimeColumn) is not (>= 0 and var timeColumn))
        {
            throw new SettingsException($"{name} has no column '{TimeColumn}' in its first line; write for example 'time,air_temperature,site.wind_speed,roof_vent'.");
        }

        var names = new SignalNames(site, zone);
        var columns = header.Index().Where(h => h.Index != timeColumn).Select(h => ColumnOf(names, name, h.Item, h.Index)).ToArray();
        var clock = TimeZoneInfo.FindSystemTimeZoneById(site.TimeZone);
        while (csv.Read())
        {
            Exception Wrong(string problem) => new SettingsException($"{name}, line {csv.LineNumber}: {problem}.");
            var timeMs = TimeOf(csv.GetString(timeColumn), clock) ?? throw Wrong($"'{csv.GetString(timeColumn)}' is no time such as 2026-07-14T06:00:00Z");
            foreach (var column in columns.Where(c => c.Index < csv.FieldCount))
            {
                column.Take(timeMs, csv.GetString(column.Index), Wrong);
            }
        }

        var series = columns.Where(c => c.TimesMs.Count > 0).Select(c => c.ToSeries()).ToArray();
        return series.Length == 0
            ? throw new SettingsException($"{name} has no values.")
            : new Recording(series.Min(s => s.TimesMs[0]), series.Max(s => s.TimesMs[^1]) + 1, series);
    }

    private static CsvColumn ColumnOf(SignalNames names, string file, string header, int index)
    {
        var (word, unit) = header.IndexOf(" [", StringComparison.Ordinal) is > 0 and var at && header.EndsWith(']') ? (header[..at], header[(at + 2)..^1]) : (header, "");
        var (found, problem) = names.Find(word.Trim());
        if (found is null)
        {
            throw new SettingsException($"{file}, column '{header}': {problem}");
        }

        var given = found.Signal.Unit;
        if (unit.Length > 0 && (!Units.TryGet(unit, out given) || found.Signal.Unit is null || !given.ConvertsTo(found.Signal.Unit)))
        {
            throw new SettingsException($"{file}, column '{header}': '{unit}' is no unit of {word}; write it in {found.Signal.Unit}.");
        }

        return new CsvColumn(index, found.Signal, given);
    }

    internal static long? TimeOf(string text, TimeZoneInfo clock)
    {
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time))
        {
            return null;
        }

        return (time.Kind == DateTimeKind.Unspecified ? new DateTimeOffset(time, clock.GetUtcOffset(time)) : new DateTimeOffset(time)).ToUnixTimeMilliseconds();
    }
}
