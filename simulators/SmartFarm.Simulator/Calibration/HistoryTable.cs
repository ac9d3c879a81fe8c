using System.Globalization;
using CsvHelper;
using SmartFarm.Simulator.Replay;

namespace SmartFarm.Simulator.Calibration;

/// <summary>The rows of one file of a history: the values of each kind, NaN where there is none. Columns of the same kind are averaged.</summary>
internal sealed class HistoryTable
{
    private static readonly CsvReaderOptions Options = new() { TrimWhitespace = true, TrackLineNumbers = true, MaxRecordSize = 1 << 20 };

    private readonly List<(DateTimeOffset Time, double[] Values)> _rows = [];

    private HistoryTable()
    {
    }

    /// <summary>The rows in order of time.</summary>
    public IReadOnlyList<(DateTimeOffset Time, double[] Values)> Rows => _rows;

    /// <summary>Rows left out: without a readable time, or not after the row before.</summary>
    public int LeftOut { get; private set; }

    /// <summary>Reads a file whole.</summary>
    /// <exception cref="SimulatorException">The file or a column is missing, or the file is no CSV.</exception>
    public static HistoryTable Read(HistoryFile file)
    {
        var table = new HistoryTable();
        try
        {
            using var csv = CsvReader.FromFile(file.Path, Options);
            table.Fill(csv, file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SimulatorException($"The history '{file.Path}' cannot be read: {e.Message}");
        }
        catch (CsvFormatException e)
        {
            throw new SimulatorException($"The history '{file.Path}' is no CSV at line {e.LineNumber}: {e.Message}");
        }

        return table;
    }

    private void Fill(CsvReader csv, HistoryFile file)
    {
        var names = csv.Headers.Select(name => name.Trim()).ToList();
        int At(string name) => names.IndexOf(name) is >= 0 and var index
            ? index
            : throw new SimulatorException($"The history '{file.Path}' has no column '{name}'; it has {string.Join(", ", names)}. Correct the map.");
        var time = At(file.Time.Name);
        var columns = file.Columns.Select(column => (Index: At(column.Name), column)).ToList();
        var times = new LocalTimes(file.Time.Zone);
        while (csv.Read())
        {
            var readable = DateTime.TryParseExact(csv.GetString(time), file.Time.Format, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out var local);
            if (readable && times.Instant(DateTime.SpecifyKind(local, DateTimeKind.Unspecified)) is { } instant && (_rows.Count == 0 || instant > _rows[^1].Time))
            {
                _rows.Add((instant, Values(csv, columns)));
            }
            else
            {
                LeftOut++;
            }
        }
    }

    private static double[] Values(CsvReader csv, List<(int Index, HistorySource Column)> columns)
    {
        var kinds = Enum.GetValues<HistoryColumn>().Length;
        var (sums, counts) = (new double[kinds], new int[kinds]);
        foreach (var (index, column) in columns)
        {
            if (double.TryParse(csv.GetString(index), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
            {
                sums[(int)column.Is] += number * column.Factor;
                counts[(int)column.Is]++;
            }
        }

        return [.. sums.Zip(counts, (sum, count) => count == 0 ? double.NaN : sum / count)];
    }
}
