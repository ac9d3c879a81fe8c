using System.Globalization;
using SmartFarm.Agronomy;

namespace SmartFarm.Greenhouse.Weather.Recorded;

/// <summary>One line as it stands; NaN where it says that the value is missing.</summary>
internal sealed record EnergyPlusHour(
    double DryBulb, double DewPoint, double Humidity, double Pressure, double LongWave, double Global, double WindDirection, double WindSpeed, double Cloud, double Rain)
{
    private const int Day = 24;

    /// <summary>Reads a line. What the data dictionary names as the mark of a missing value becomes NaN.</summary>
    public static EnergyPlusHour Read(string[] fields, EnergyPlusColumns columns, string name, int line)
    {
        return new EnergyPlusHour(
            Number(columns.DryBulb, 99.9, -70, 70),
            Number(columns.DewPoint, 99.9, -80, 70),
            Number(columns.Humidity, 999, 0, 110),
            Number(columns.Pressure, 999_999, 31_000, 120_000) / 100,
            Number(columns.LongWave, 9999, 0, 1000),
            Number(columns.Global, 9999, 0, 1500),
            Number(columns.WindDirection, 999, 0, 360),
            Number(columns.WindSpeed, 999, 0, 60),
            Number(columns.Cloud, 99, 0, 10) / 10,
            Number(columns.Rain, 999, 0, 300));

        double Number(int column, double missing, double min, double max)
        {
            var text = column < fields.Length ? fields[column].Trim() : "";
            return !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? throw new InvalidDataException($"{name}, line {line}: '{text}' in field {column + 1} is not a number.")
                : number >= missing || number < min || number > max ? double.NaN : number;
        }
    }

    /// <summary>
    /// Fills what is missing: humidity from the dew point, the sky from its clouds, rain with none, and the rest with the value of the same hour of the day before.
    /// </summary>
    public static Outside[] Complete(List<EnergyPlusHour> hours, string name)
    {
        var air = new Outside[hours.Count];
        for (var i = 0; i < air.Length; i++)
        {
            var temperature = Known(i, hour => hour.DryBulb, "temperature");
            var humidity = Math.Min(100, Known(i, hour => double.IsNaN(hour.Humidity) ? HumidityOf(hour) : hour.Humidity, "humidity"));
            var (longWave, cloud) = (hours[i].LongWave, hours[i].Cloud);
            var rain = double.IsNaN(hours[i].Rain) ? 0 : hours[i].Rain;
            var snow = Math.Clamp((1.5 - temperature) / 2, 0, 1);
            air[i] = new Outside(
                temperature,
                humidity,
                Known(i, hour => hour.Global, "global radiation"),
                Known(i, hour => hour.WindSpeed, "wind speed"),
                Known(i, hour => hour.WindDirection, "wind direction"),
                rain * (1 - snow),
                Known(i, hour => hour.Pressure, "pressure"),
                Co2Ppm: 420)
            {
                SkyTemperatureC = longWave > 0 ? Sky.Temperature(longWave) : Sky.Temperature(temperature, humidity, double.IsNaN(cloud) ? 0.5 : cloud),
                SnowRate = rain * snow,
            };
        }

        return air;

        double Known(int hour, Func<EnergyPlusHour, double> value, string what)
        {
            for (var back = 0; back <= hours.Count; back += Day)
            {
                var known = value(hours[(hour - back + hours.Count) % hours.Count]);
                if (!double.IsNaN(known))
                {
                    return known;
                }
            }

            throw new InvalidDataException($"{name} has no {what} at this hour of any day.");
        }
    }

    private static double HumidityOf(EnergyPlusHour hour) =>
        100 * Psychrometrics.SaturationVapourPressure(hour.DewPoint) / Psychrometrics.SaturationVapourPressure(hour.DryBulb);
}
