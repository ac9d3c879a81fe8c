using SmartFarm.Agronomy;
using SmartFarm.Greenhouse.Weather.Chances;
using SmartFarm.Greenhouse.Weather.Events;

namespace SmartFarm.Greenhouse.Weather.Generated;

/// <summary>
/// Weather that a place could have: seeded, with the spells, the day-to-day memory, the events and the records of its climate. Neither a forecast nor a record.
/// Pure and thread-safe. What holds for a whole day is settled when the day is first asked for and kept for the days around it, so a moment costs well
/// under a microsecond and allocates nothing.
/// </summary>
/// <param name="place">Where.</param>
/// <param name="seed">Same seed, same weather.</param>
public sealed class GeneratedWeather(Place place, long seed) : IWeather
{
    private const int DaysKept = 16;

    private readonly DayMaker _maker = new(place, seed);
    private readonly GeneratedDay?[] _days = new GeneratedDay?[DaysKept];
    private readonly GeneratedWind _wind = new(seed);
    private readonly SmoothNoise _dewPoint = new(seed, "dew point", TimeSpan.FromHours(31));
    private readonly SmoothNoise _flicker = new(seed, "flicker", TimeSpan.FromMinutes(4));
    private readonly SmoothNoise _pressure = new(seed, "pressure", TimeSpan.FromHours(37));

    /// <inheritdoc/>
    public Outside At(DateTimeOffset time)
    {
        var days = place.SolarDays(time);
        var number = (long)Math.Floor(days);
        var hour = 24 * (days - number);
        var today = Day(number);
        var usual = place.Climate.At(time);
        var closing = today.Shower?.Closing(hour) ?? 0;
        var cloud = Math.Max(CloudAt(today, hour), closing);
        var course = place.DayCourse(time);
        var temperature = Temperature(usual, today, hour, course);
        var water = today.Shower?.Rate(hour) ?? 0;
        var snow = Math.Clamp((1.5 - temperature) / 2, 0, 1);
        var humidity = Humidity(usual, temperature, closing, time);
        var wind = _wind.At(time, usual.WindSpeed, course);
        var calm = new Outside(
            temperature,
            humidity,
            Sun.ClearSkyRadiation(place, time) * CloudLight.Factor(cloud, _flicker.Even(time)),
            wind.Speed,
            wind.Direction,
            water * (1 - snow),
            place.MeanPressureHPa + (5 * _pressure.Normal(time)),
            Co2Ppm: 420)
        {
            SkyTemperatureC = Sky.Temperature(temperature, humidity, cloud),
            GroundTemperatureC = place.Climate.GroundTemperature(time),
            WindGust = wind.Gust,
            SnowRate = water * snow,
        };
        return EventfulWeather.Apply(calm, today.Events, place, time);
    }

    /// <summary>The usual course of the day, moved by the anomaly between the middles of days and kept within the records.</summary>
    private double Temperature(in MonthlyClimate usual, GeneratedDay today, double hour, double course)
    {
        var other = Day(hour < 12 ? today.Number - 1 : today.Number + 1);
        var weight = Math.Abs(hour - 12) / 24;
        var anomaly = double.Lerp(today.Anomaly, other.Anomaly, weight) * usual.DeviationC;
        var swing = double.Lerp(today.RangeFactor, other.RangeFactor, weight) * usual.DayRangeC / 2;
        return WithinRecords(usual.MeanC + anomaly + (swing * course), usual);
    }

    /// <summary>From four fifths of the way to a record on, the rest is the harder the nearer it is; nothing passes it.</summary>
    private static double WithinRecords(double temperature, in MonthlyClimate usual)
    {
        const double Free = 0.8;
        var record = temperature > usual.MeanC ? usual.RecordHighC : usual.RecordLowC;
        var share = (temperature - usual.MeanC) / (record - usual.MeanC);
        return share <= Free ? temperature : usual.MeanC + ((record - usual.MeanC) * (Free + ((1 - Free) * Math.Tanh((share - Free) / (1 - Free)))));
    }

    /// <summary>The dew point of the season follows warm and cold air in part, wanders by itself, and rises to the air under rain. Relative humidity, %.</summary>
    private double Humidity(in MonthlyClimate usual, double temperature, double closing, DateTimeOffset time)
    {
        var dewPoint = usual.DewPointC + (2.5 * _dewPoint.Normal(time)) + Math.Min(0, temperature - usual.DayLowC);
        var humidity = 100 * Psychrometrics.SaturationVapourPressure(dewPoint) / Psychrometrics.SaturationVapourPressure(temperature);
        return Math.Clamp(double.Lerp(humidity, 94, closing), 4, 100);
    }

    private static double CloudAt(GeneratedDay day, double hour)
    {
        var position = (hour * CloudStates.BlocksPerDay / 24) + 0.5;
        var block = Math.Min((int)position, CloudStates.BlocksPerDay);
        return double.Lerp(day.Clouds[block], day.Clouds[block + 1], position - block);
    }

    private GeneratedDay Day(long number)
    {
        ref var slot = ref _days[number & (DaysKept - 1)];
        var day = Volatile.Read(ref slot);
        if (day?.Number != number)
        {
            day = _maker.Make(number);
            Volatile.Write(ref slot, day);
        }

        return day;
    }
}
