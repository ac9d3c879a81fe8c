using SmartFarm.Configuration;
using SmartFarm.Configuration.Values;
using SmartFarm.Configuration.Yaml;
using SmartFarm.Domain.Quantities;

namespace SmartFarm.Simulator.Replay;

/// <summary>Reads a column map from YAML.</summary>
internal static class ColumnMapReader
{
    private static readonly string[] QuantityNames = [.. Quantities.All.Select(q => q.Name)];

    /// <summary>Reads a map.</summary>
    /// <param name="path">The file.</param>
    /// <param name="site">Site to use instead of the map's; null: the map's.</param>
    /// <param name="device">Device to use instead of the map's own; null: the map's. Columns that name a device keep it.</param>
    /// <exception cref="SimulatorException">The file is missing or wrong; the message has every mistake with line and column.</exception>
    public static ColumnMap Load(string path, string? site = null, string? device = null)
    {
        var full = Path.GetFullPath(path);
        if (!File.Exists(full))
        {
            throw new SimulatorException($"There is no column map '{path}'; name one with --map.");
        }

        var errors = new ConfigurationErrors();
        var map = YamlFile.Read(Path.GetDirectoryName(full)!, Path.GetFileName(full), errors) is { } top ? Read(top, site, device) : null;
        return map is not null && errors.IsEmpty
            ? map
            : throw new SimulatorException(string.Join(Environment.NewLine, errors.ToList().Select(error => error with { File = path })));
    }

    private static ColumnMap? Read(YamlMap top, string? site, string? device)
    {
        // The overriding options are asked for first, but the keys of the file are read all the same, so that none counts as unknown.
        var ownSite = top.Get("site")?.AsName();
        var ownDevice = top.Get("device")?.AsName();
        site ??= ownSite ?? top.Require("site", "turkestan-1")?.AsName();
        device ??= ownDevice;
        var time = top.Require("time", "{ column: Date, format: yyyy-MM-dd HH:mm:ss, zone: UTC }")?.AsMap() is { } node ? Time(node) : null;
        var columns = top.Require("columns", "{ Tair: { quantity: air_temperature, unit: °C } }")?.AsMap()?.Entries
            .Select(entry => Column(entry, device))
            .OfType<ValueColumn>()
            .ToList();
        top.ReportUnknownKeys();
        if (columns is not null)
        {
            ReportTwins(top, columns);
        }

        return site is not null && time is not null && columns is not null ? new ColumnMap(site, time, columns) : null;
    }

    /// <summary>The column of time that a map names.</summary>
    internal static TimeColumn? Time(YamlMap map)
    {
        var column = map.Require("column", "Date")?.AsText();
        var format = map.Require("format", "yyyy-MM-dd HH:mm:ss")?.AsText();
        var zone = TimeZoneInfo.Utc;
        if (map.Get("zone")?.AsScalar() is { } name && !TimeZoneInfo.TryFindSystemTimeZoneById(name.Text, out zone!))
        {
            name.Report($"The time zone '{name.Text}' is not known on this computer; use an IANA name such as Europe/Amsterdam, and see that tzdata is installed.");
        }

        map.ReportUnknownKeys();
        return column is null || format is null || zone is null ? null : new TimeColumn(column.Trim(), format, zone);
    }

    private static ValueColumn? Column(YamlEntry entry, string? device)
    {
        if (entry.Value.AsMap() is not { } map)
        {
            return null;
        }

        device = map.Get("device") is { } own ? own.AsName() : device;
        if (device is null)
        {
            map.Report("No device sends this column; add 'device: climate-1' here or at the top of the map.");
        }

        var quantity = map.Require("quantity", "air_temperature")?.AsScalar() is { } name ? QuantityOf(name) : null;
        var unit = map.Get("unit")?.AsScalar() is { } symbol && quantity is not null ? UnitOf(symbol, quantity) : quantity?.Unit;
        var factor = map.Get("factor")?.AsNumber(-1e9, 1e9) ?? 1;
        map.ReportUnknownKeys();
        return device is null || quantity is null || unit is null ? null : new ValueColumn(entry.Key.Text.Trim(), device, quantity, unit, factor);
    }

    private static Quantity? QuantityOf(YamlScalar name)
    {
        if (!Quantities.TryGet(name.Text, out var quantity))
        {
            name.Report($"'{name.Text}' is no quantity; {Suggestion.For(name.Text, QuantityNames)}");
        }

        return quantity;
    }

    private static Unit? UnitOf(YamlScalar symbol, Quantity quantity)
    {
        if (Units.TryGet(symbol.Text, out var unit) && unit.ConvertsTo(quantity.Unit))
        {
            return unit;
        }

        symbol.Report($"The unit '{symbol.Text}' does not measure {quantity.Name}; write for example {quantity.Unit}.");
        return null;
    }

    private static void ReportTwins(YamlMap top, List<ValueColumn> columns)
    {
        foreach (var twins in columns.GroupBy(c => (c.Device, c.Quantity)).Where(g => g.Count() > 1))
        {
            top.Report($"The columns {string.Join(" and ", twins.Select(c => c.Name))} are all {twins.Key.Quantity} of '{twins.Key.Device}'; give each its own device.");
        }
    }
}
