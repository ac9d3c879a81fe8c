using System.Globalization;
using CsvHelper;

namespace SmartFarm.Simulator.Replay;

/// <summary>A row of a recording.</summary>
/// <param name="Line">Its line in the file, from 1.</param>
/// <param name="Time">When it was recorded.</param>
/// <param name="Values">What was recorded; empty and unreadable cells left out.</param>
internal sealed record RecordedRow(long Line, DateTimeOffset Time, IReadOnlyList<(ValueColumn Column, double Value)> Values);

/// <summary>A CSV file with a column map. Reads row by row, so that a file of any length fits.</summary>
internal sealed class CsvRecording(string path, ColumnMap map)
{
    private static readonly CsvReaderOptions Options = new() { TrimWhitespace = true, TrackLineNumbers = true, MaxRecordSize = 1 << 20 };

    /// <summary>The rows of a span of time in the order of the file; what cannot be read is counted.</summary>
    /// <exception cref="SimulatorException">The file or a column of the map is missing, or the file is no CSV.</exception>
    public IEnumerable<RecordedRow> Rows(DateTimeOffset from, DateTimeOffset to, RecordingFaults faults)
    {
        using var csv = Open();
        var (time, columns) = Header(csv);
        var times = new LocalTimes(map.Time.Zone);
        while (Read(csv))
        {
            var line = csv.LineNumber;
            var text = csv.GetString(time);
            if (!DateTime.TryParseExact(text, map.Time.Format, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out var local))
            {
                faults.BadRow($"Line {line}: '{text}' is not a time of the form {map.Time.Format}.");
            }
            else if (times.Instant(DateTime.SpecifyKind(local, DateTimeKind.Unspecified)) is not { } instant)
            {
                faults.BadRow($"Line {line}: the clock of {map.Time.Zone.Id} never showed '{text}'.");
            }
            else if (instant >= from && instant < to)
            {
                yield return new RecordedRow(line, instant, Values(csv, columns, line, faults));
            }
        }
    }

    private List<(ValueColumn, double)> Values(CsvReader csv, int[] columns, long line, RecordingFaults faults)
    {
        var values = new List<(ValueColumn, double)>(columns.Length);
        for (var i = 0; i < columns.Length; i++)
        {
            var column = map.Columns[i];
            var text = csv.GetString(columns[i]);
            if (text.Length == 0)
            {
                faults.EmptyCells++;
            }
            else if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
            {
                values.Add((column, column.Canonical(number)));
            }
            else
            {
                faults.BadCell($"Line {line}: '{text}' in column {column.Name} is not a number.");
            }
        }

        return values;
    }

    private CsvReader Open()
    {
        try
        {
            return CsvReader.FromFile(path, Options);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SimulatorException($"The recording '{path}' cannot be read: {e.Message}");
        }
    }

    private bool Read(CsvReader csv)
    {
        try
        {
            return csv.Read();
        }
        catch (CsvFormatException e)
        {
            throw new SimulatorException($"The recording '{path}' is no CSV at line {e.LineNumber}: {e.Message}");
        }
    }

    private (int Time, int[] Columns) Header(CsvReader csv)
    {
        var names = csv.Headers.Select(name => name.Trim()).ToList();
        var missing = map.Columns.Select(column => column.Name).Append(map.Time.Name).Where(name => !names.Contains(name)).Distinct().ToList();
        return missing.Count == 0
            ? (names.IndexOf(map.Time.Name), [.. map.Columns.Select(column => names.IndexOf(column.Name))])
            : throw new SimulatorException(
                $"The recording '{path}' has no column {string.Join(", ", missing.Select(name => $"'{name}'"))}; it has {string.Join(", ", names)}. Correct the column map.");
    }
}
