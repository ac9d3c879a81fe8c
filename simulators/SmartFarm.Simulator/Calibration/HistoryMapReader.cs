using SmartFarm.Configuration;
using SmartFarm.Configuration.Yaml;
using SmartFarm.Simulator.Replay;

namespace SmartFarm.Simulator.Calibration;

/// <summary>Reads from YAML which files and columns make a history.</summary>
internal static class HistoryMapReader
{
    private static readonly HistoryColumn[] Needed =
    [
        HistoryColumn.AirTemperature, HistoryColumn.RelativeHumidity, HistoryColumn.OutsideTemperature, HistoryColumn.OutsideHumidity, HistoryColumn.SolarRadiation,
        HistoryColumn.WindSpeed,
    ];

    private static readonly (string Word, HistoryColumn Value)[] Words =
        [.. Enum.GetValues<HistoryColumn>().Select(column => (Word(column), column))];

    /// <summary>Reads a map; its files are looked for in <paramref name="folder"/>, or beside it.</summary>
    /// <exception cref="SimulatorException">The map is missing or wrong; the message has every mistake with line and column.</exception>
    public static IReadOnlyList<HistoryFile> Load(string path, string? folder = null)
    {
        var full = Path.GetFullPath(path);
        if (!File.Exists(full))
        {
            throw new SimulatorException($"There is no history map '{path}'; name one with --history.");
        }

        var beside = Path.GetDirectoryName(full)!;
        var errors = new ConfigurationErrors();
        var files = YamlFile.Read(beside, Path.GetFileName(full), errors) is { } top ? Files(top, folder ?? beside) : [];
        return errors.IsEmpty ? files : throw new SimulatorException(string.Join(Environment.NewLine, errors.ToList().Select(error => error with { File = path })));
    }

    private static List<HistoryFile> Files(YamlMap top, string folder)
    {
        top.Require("files", "[ { file: climate.csv, time: { column: Date, format: yyyy-MM-dd HH:mm }, columns: { Tair: air_temperature } } ]");
        var files = top.Maps("files").Select(map => OneFile(map, folder)).OfType<HistoryFile>().ToList();
        top.ReportUnknownKeys();
        var missing = Needed.Except(files.SelectMany(file => file.Columns).Select(column => column.Is)).ToList();
        if (missing.Count > 0)
        {
            top.Report($"No column is {string.Join(", ", missing.Select(Word))}; a house cannot be fitted without.");
        }
        else if (!files[0].Columns.Any(c => c.Is == HistoryColumn.AirTemperature) || !files[0].Columns.Any(c => c.Is == HistoryColumn.RelativeHumidity))
        {
            top.Report("The first file gives the rows; put the one with air_temperature and relative_humidity first.");
        }

        return files;
    }

    private static HistoryFile? OneFile(YamlMap map, string folder)
    {
        var name = map.Require("file", "climate.csv")?.AsText();
        var time = map.Require("time", "{ column: Date, format: yyyy-MM-dd HH:mm, zone: UTC }")?.AsMap() is { } node ? ColumnMapReader.Time(node) : null;
        var columns = map.Require("columns", "{ Tair: air_temperature }")?.AsMap()?.Entries.Select(Column).OfType<HistorySource>().ToList();
        map.ReportUnknownKeys();
        return name is null || time is null || columns is null ? null : new HistoryFile(Path.Combine(folder, name), time, columns);
    }

    private static HistorySource? Column(YamlEntry entry)
    {
        var (kind, factor) = (entry.Value, 1.0);
        if (entry.Value is YamlMap map)
        {
            kind = map.Require("is", "vent");
            factor = map.Get("factor")?.AsNumber(-1e9, 1e9) ?? 1;
            map.ReportUnknownKeys();
        }

        return kind?.AsOneOf(Words) is { } column ? new HistorySource(entry.Key.Text.Trim(), column, factor) : null;
    }

    private static string Word(HistoryColumn column) =>
        string.Concat(column.ToString().Select((c, i) => char.IsUpper(c) && i > 0 ? "_" + char.ToLowerInvariant(c) : $"{char.ToLowerInvariant(c)}"));
}
