using System.Globalization;

namespace SmartFarm.Simulator.Published;

/// <summary>A CSV file of numbers only: no header, commas between, a point as decimal mark, the same columns in every line.</summary>
internal static class NumberTable
{
    /// <summary>The rows of a file. Empty lines are passed over, and so is a first line without any number: a header.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">What each column is, for the sentence about a line that does not fit.</param>
    /// <exception cref="SimulatorException">The file cannot be read or holds no rows, or a line is not made of that many finite numbers.</exception>
    public static IReadOnlyList<double[]> Read(string path, params string[] columns)
    {
        var rows = new List<double[]>();
        try
        {
            var line = 0;
            foreach (var text in File.ReadLines(path))
            {
                line++;
                var cells = text.Split(',', StringSplitOptions.TrimEntries);
                if (text.AsSpan().Trim().Length > 0 && !(line == 1 && !cells.Any(IsNumber)))
                {
                    rows.Add(Row(path, line, cells, columns));
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SimulatorException($"The file '{path}' cannot be read: {e.Message}");
        }

        return rows.Count > 0 ? rows : throw new SimulatorException($"The file '{path}' has no rows; a row is {Wanted(columns)}.");
    }

    /// <summary>Writes rows so that every number reads back as the same bits. Lines end with LF.</summary>
    public static void Write(TextWriter writer, IEnumerable<double[]> rows)
    {
        foreach (var row in rows)
        {
            writer.Write(string.Join(',', row.Select(value => value.ToString("R", CultureInfo.InvariantCulture))));
            writer.Write('\n');
        }
    }

    /// <summary>Writes rows to a file, or over it.</summary>
    /// <exception cref="SimulatorException">The file cannot be written.</exception>
    public static void Save(string path, IEnumerable<double[]> rows)
    {
        try
        {
            using var writer = new StreamWriter(path);
            Write(writer, rows);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new SimulatorException($"The file '{path}' cannot be written: {e.Message}");
        }
    }

    private static double[] Row(string path, int line, string[] cells, string[] columns)
    {
        if (cells.Length != columns.Length)
        {
            throw new SimulatorException($"{path}, line {line}: {cells.Length} columns, but a row is {Wanted(columns)}, with commas between.");
        }

        var bad = Array.FindIndex(cells, cell => !IsNumber(cell));
        return bad < 0
            ? Array.ConvertAll(cells, cell => double.Parse(cell, NumberStyles.Float, CultureInfo.InvariantCulture))
            : throw new SimulatorException($"{path}, line {line}: '{cells[bad]}' in the column of {columns[bad]} is not a finite number.");
    }

    private static bool IsNumber(string cell) => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value);

    private static string Wanted(string[] columns) => $"{columns.Length} numbers: {string.Join(", ", columns)}";
}
