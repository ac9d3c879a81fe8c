using SmartFarm.Domain.Quantities;
using SmartFarm.Greenhouse.Weather;
using SmartFarm.Greenhouse.Weather.Recorded;
using SmartFarm.Simulator.Replay;

namespace SmartFarm.Simulator.World;

/// <summary>Weather from a file: an EnergyPlus year, or a recorded table with its column map.</summary>
internal static class RecordedWeather
{
    private static readonly Quantity[] Needed = [Quantities.AirTemperature, Quantities.RelativeHumidity, Quantities.SolarRadiation];

    /// <summary>Reads a typical year.</summary>
    /// <param name="path">An EPW file, or the CSV that EnergyPlus makes of one.</param>
    /// <exception cref="SimulatorException">It cannot be read.</exception>
    public static TypicalYear Year(string path)
    {
        try
        {
            return EnergyPlusFile.Load(path);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new SimulatorException($"The weather file cannot be read. {e.Message}");
        }
    }

    /// <summary>
    /// Reads a table. It needs temperature, humidity and radiation; without wind there is none, without rain it is dry, and pressure and CO₂ are usual. A row that lacks
    /// one of the three is left out; of two columns of one quantity the first counts.
    /// </summary>
    /// <param name="path">A CSV file.</param>
    /// <param name="map">Its columns; which device sends them does not matter.</param>
    /// <exception cref="SimulatorException">It cannot be read, a needed column is missing, or there are no two rows.</exception>
    public static SeriesWeather Table(string path, ColumnMap map)
    {
        var missing = Needed.Except(map.Columns.Select(column => column.Quantity)).ToList();
        if (missing.Count > 0)
        {
            throw new SimulatorException($"The map of '{path}' has no column of {string.Join(", ", missing.Select(q => q.Name))}; weather needs them.");
        }

        var rows = new CsvRecording(path, map).Rows(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, new RecordingFaults())
            .Select(row => (row.Time, Values: row.Values.DistinctBy(value => value.Column.Quantity).ToDictionary(value => value.Column.Quantity, value => value.Value)))
            .Where(row => Needed.All(row.Values.ContainsKey))
            .Select(row => new WeatherRow(row.Time, Air(row.Values)));
        try
        {
            return new SeriesWeather(rows);
        }
        catch (ArgumentException e)
        {
            throw new SimulatorException($"The weather in '{path}' cannot be used. {e.Message}");
        }
    }

    private static Outside Air(Dictionary<Quantity, double> values) => new(
        values[Quantities.AirTemperature],
        Math.Clamp(values[Quantities.RelativeHumidity], 0, 100),
        Math.Max(0, values[Quantities.SolarRadiation]),
        values.GetValueOrDefault(Quantities.WindSpeed),
        values.GetValueOrDefault(Quantities.WindDirection),
        values.GetValueOrDefault(Quantities.RainRate),
        values.GetValueOrDefault(Quantities.Pressure, 1013),
        values.GetValueOrDefault(Quantities.Co2, 420));
}
