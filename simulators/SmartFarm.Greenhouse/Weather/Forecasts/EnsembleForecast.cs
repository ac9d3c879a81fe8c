using SmartFarm.Agronomy;

namespace SmartFarm.Greenhouse.Weather.Forecasts;

/// <summary>
/// The forecast that a good weather service could have made of a weather that is known to the simulation: the weather that comes, seen with errors that
/// grow with the lead, towards the climate of the place. Temperature, dew point and wind are calibrated one by one, and light as far as a normal distribution
/// can be when the sky's has two humps; showers keep their amounts and come at the wrong time.
/// </summary>
/// <param name="weather">The weather that comes.</param>
/// <param name="place">Where.</param>
/// <param name="seed">Same seed, same errors.</param>
public sealed class EnsembleForecast(IWeather weather, Place place, long seed) : IForecast
{
    private const double DewPointDeviation = 3.5;

    /// <summary>Showers are early or late by this share of the lead, one standard deviation.</summary>
    private const double Untimely = 0.1;

    private readonly Skill _temperature = new(seed, "temperature forecast", days: 10);
    private readonly Skill _dewPoint = new(seed, "dew point forecast", days: 6);
    private readonly Skill _light = new(seed, "light forecast", days: 4);
    private readonly Skill _wind = new(seed, "wind forecast", days: 5);

    /// <inheritdoc/>
    public Outlook At(DateTimeOffset issued, DateTimeOffset valid)
    {
        var lead = Lead(issued, valid);
        var truth = weather.At(valid);
        var usual = place.Climate.At(valid);
        var warmth = new Usual(place.UsualTemperature(valid), 1.15 * usual.DeviationC);
        var dew = new Usual(usual.DewPointC, DewPointDeviation);
        var light = UsualLight(usual);

        // The root of a speed with the distribution of Rayleigh and the mean m has the mean 0.963·√m and the deviation 0.270·√m.
        var wind = new Usual(0.963 * Math.Sqrt(usual.WindSpeed), 0.270 * Math.Sqrt(usual.WindSpeed));
        var clear = Sun.ClearSkyRadiation(place, valid);
        var (t, ts) = Foresee(_temperature, warmth, truth.TemperatureC, valid, lead);
        var (d, ds) = Foresee(_dewPoint, dew, Psychrometrics.DewPoint(truth.TemperatureC, truth.RelativeHumidityPercent), valid, lead);
        var (l, ls) = Foresee(_light, light, Light(valid) ?? light.Mean, valid, lead);
        var (w, ws) = Foresee(_wind, wind, Math.Sqrt(truth.WindSpeed), valid, lead);
        return new Outlook(new Expectation(t, ts), new Expectation(d, ds), new Expectation(l, ls, 0, 1.1, clear), new Expectation(w, ws, lowest: 0, isSquare: true));
    }

    /// <inheritdoc/>
    public Outside Member(DateTimeOffset issued, DateTimeOffset valid, int member)
    {
        var outlook = At(issued, valid);
        var rain = weather.At(valid + (Untimely * _light.Course(issued, member) * Lead(issued, valid)));
        var temperature = outlook.TemperatureC.ValueAt(_temperature.Course(valid, member));
        var dewPoint = Math.Min(temperature, outlook.DewPointC.ValueAt(_dewPoint.Course(valid, member)));
        var humidity = Math.Min(100, 100 * Psychrometrics.SaturationVapourPressure(dewPoint) / Psychrometrics.SaturationVapourPressure(temperature));
        var wind = outlook.WindSpeed.ValueAt(_wind.Course(valid, member));
        return weather.At(valid) with
        {
            TemperatureC = temperature,
            RelativeHumidityPercent = humidity,
            SolarRadiation = outlook.SolarRadiation.ValueAt(_light.Course(valid, member)),
            WindSpeed = wind,
            WindGust = 1.5 * wind,
            RainRate = rain.RainRate,
            SnowRate = rain.SnowRate,
            SkyTemperatureC = Sky.Temperature(temperature, humidity, cloud: 0.5),
        };
    }

    private static (double Centre, double Spread) Foresee(Skill skill, Usual usual, double truth, DateTimeOffset valid, TimeSpan lead)
    {
        var (centre, spread) = skill.Foresee((truth - usual.Mean) / usual.Deviation, valid, lead);
        return (usual.Mean + (usual.Deviation * centre), usual.Deviation * spread);
    }

    /// <summary>Light as a share of a clear sky's: 1 under a clear one, 0.9 under a broken and 0.35 under an overcast one.</summary>
    private static Usual UsualLight(in MonthlyClimate usual)
    {
        var broken = 1 - usual.ClearShare - usual.OvercastShare;
        var mean = usual.ClearShare + (0.9 * broken) + (0.35 * usual.OvercastShare);
        var square = usual.ClearShare + (0.81 * broken) + (0.1225 * usual.OvercastShare);
        return new Usual(mean, Math.Max(0.1, Math.Sqrt(square - (mean * mean))));
    }

    /// <summary>Mean of the hour around as a share of a clear sky's, which nobody can foresee to the minute; null by night.</summary>
    private double? Light(DateTimeOffset valid)
    {
        var (light, clear) = (0.0, 0.0);
        for (var minute = -24; minute <= 24; minute += 12)
        {
            var time = valid.AddMinutes(minute);
            light += weather.At(time).SolarRadiation;
            clear += Sun.ClearSkyRadiation(place, time);
        }

        return clear > 0 ? light / clear : null;
    }

    private static TimeSpan Lead(DateTimeOffset issued, DateTimeOffset valid) => valid >= issued
        ? valid - issued
        : throw new ArgumentOutOfRangeException(nameof(valid), $"A forecast made at {issued:u} cannot be for {valid:u}, which is before.");

    private readonly record struct Usual(double Mean, double Deviation);
}
