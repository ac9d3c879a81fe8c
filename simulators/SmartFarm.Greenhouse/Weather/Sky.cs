using SmartFarm.Agronomy;

namespace SmartFarm.Greenhouse.Weather;

/// <summary>Long-wave radiation of the sky, as the temperature of a black body that radiates the same.</summary>
public static class Sky
{
    private const double StefanBoltzmann = 5.670374e-8;
    private const double Kelvin = 273.15;

    /// <summary>Sky temperature of a clear night of which only the air temperature is known, °C. Swinbank 1963.</summary>
    /// <param name="temperatureC">Air temperature, °C.</param>
    public static double ClearTemperature(double temperatureC)
    {
        var kelvin = temperatureC + Kelvin;
        return (0.0552 * kelvin * Math.Sqrt(kelvin)) - Kelvin;
    }

    /// <summary>Sky temperature, °C. Emissivity of a clear sky after Brutsaert 1975, of clouds after Unsworth and Monteith 1975.</summary>
    /// <param name="temperatureC">Air temperature, °C, from −60 to 80.</param>
    /// <param name="relativeHumidityPercent">Relative humidity, %, from 0 to 102.</param>
    /// <param name="cloud">Share of the sky under cloud, from 0 to 1.</param>
    public static double Temperature(double temperatureC, double relativeHumidityPercent, double cloud)
    {
        var kelvin = temperatureC + Kelvin;
        var hectopascal = 10 * Psychrometrics.VapourPressure(temperatureC, relativeHumidityPercent);
        var clear = Math.Min(1, 1.24 * Math.Pow(hectopascal / kelvin, 1.0 / 7));
        return (kelvin * Math.Sqrt(Math.Sqrt(clear + ((1 - clear) * 0.84 * cloud)))) - Kelvin;
    }

    /// <summary>Sky temperature of a measured long-wave radiation from the sky (W/m², above 0), °C. Stefan and Boltzmann's law.</summary>
    public static double Temperature(double longWaveRadiation) => Math.Sqrt(Math.Sqrt(longWaveRadiation / StefanBoltzmann)) - Kelvin;
}
