using System.Diagnostics.CodeAnalysis;
using SmartFarm.Domain.Text;

namespace SmartFarm.Domain.Quantities;

/// <summary>
/// The table of quantities: canonical name, title, unit, plausible range. One line adds one.
/// Ranges are those of an instrument that works, wide enough for −45…55 °C outdoors; values outside are flagged, never dropped.
/// </summary>
public static class Quantities
{
    private static readonly List<Quantity> Table = [];

    /// <summary>Air temperature.</summary>
    public static readonly Quantity AirTemperature = Add("air_temperature", "Air temperature", Units.Celsius, -50, 70);

    /// <summary>Relative humidity of air; up to 102 because saturated capacitive sensors overshoot.</summary>
    public static readonly Quantity RelativeHumidity = Add("relative_humidity", "Relative humidity", Units.Percent, 0, 102);

    /// <summary>Carbon dioxide; a closed house under a hungry crop falls to some 100 ppm.</summary>
    public static readonly Quantity Co2 = Add("co2", "CO₂", Units.Ppm, 50, 10000);

    /// <summary>Photosynthetic photon flux density; slightly negative at night by sensor offset.</summary>
    public static readonly Quantity Ppfd = Add("ppfd", "PPFD", Units.MicromolPerM2S, -10, 3000);

    /// <summary>Global solar radiation; slightly negative at night by sensor offset.</summary>
    public static readonly Quantity SolarRadiation = Add("solar_radiation", "Solar radiation", Units.WattPerM2, -10, 1500);

    /// <summary>Vapour pressure deficit of air.</summary>
    public static readonly Quantity Vpd = Add("vpd", "VPD", Units.Kilopascal, 0, 12);

    /// <summary>Dew point.</summary>
    public static readonly Quantity DewPoint = Add("dew_point", "Dew point", Units.Celsius, -60, 60);

    /// <summary>Absolute humidity.</summary>
    public static readonly Quantity AbsoluteHumidity = Add("absolute_humidity", "Absolute humidity", Units.GramPerM3, 0, 130);

    /// <summary>Soil or substrate water content by volume.</summary>
    public static readonly Quantity SoilMoisture = Add("soil_moisture", "Soil moisture", Units.Percent, 0, 100);

    /// <summary>Soil or substrate temperature.</summary>
    public static readonly Quantity SoilTemperature = Add("soil_temperature", "Soil temperature", Units.Celsius, -40, 70);

    /// <summary>Electrical conductivity of the substrate.</summary>
    public static readonly Quantity SubstrateEc = Add("substrate_ec", "Substrate EC", Units.DecisiemensPerM, 0, 25);

    /// <summary>Acidity of the solution.</summary>
    public static readonly Quantity Acidity = Add("ph", "pH", Units.Ph, 0, 14);

    /// <summary>Leaf wetness.</summary>
    public static readonly Quantity LeafWetness = Add("leaf_wetness", "Leaf wetness", Units.Percent, 0, 100);

    /// <summary>Leaf temperature.</summary>
    public static readonly Quantity LeafTemperature = Add("leaf_temperature", "Leaf temperature", Units.Celsius, -40, 70);

    /// <summary>Mean wind speed.</summary>
    public static readonly Quantity WindSpeed = Add("wind_speed", "Wind speed", Units.MetrePerSecond, 0, 75);

    /// <summary>Wind gust.</summary>
    public static readonly Quantity WindGust = Add("wind_gust", "Wind gust", Units.MetrePerSecond, 0, 100);

    /// <summary>Direction the wind comes from.</summary>
    public static readonly Quantity WindDirection = Add("wind_direction", "Wind direction", Units.Degree, 0, 360);

    /// <summary>Rain rate.</summary>
    public static readonly Quantity RainRate = Add("rain_rate", "Rain rate", Units.MillimetrePerHour, 0, 500);

    /// <summary>Water flow.</summary>
    public static readonly Quantity WaterFlow = Add("water_flow", "Water flow", Units.LitrePerMinute, 0, 10000);

    /// <summary>Level of a tank.</summary>
    public static readonly Quantity WaterLevel = Add("water_level", "Water level", Units.Percent, 0, 100);

    /// <summary>Water temperature.</summary>
    public static readonly Quantity WaterTemperature = Add("water_temperature", "Water temperature", Units.Celsius, -5, 100);

    /// <summary>Temperature of a heating pipe.</summary>
    public static readonly Quantity PipeTemperature = Add("pipe_temperature", "Pipe temperature", Units.Celsius, -40, 130);

    /// <summary>Air pressure.</summary>
    public static readonly Quantity Pressure = Add("pressure", "Air pressure", Units.Hectopascal, 500, 1100);

    /// <summary>Pressure of water in a pipe; high-pressure fog runs at 55 to 70 bar.</summary>
    public static readonly Quantity WaterPressure = Add("water_pressure", "Water pressure", Units.Bar, -1, 200);

    /// <summary>Water that went through a meter, counted.</summary>
    public static readonly Quantity WaterVolume = Add("water_volume", "Water volume", SumUnits.Litre, 0, 1e12);

    /// <summary>Water given to the crop, counted, on the area it was given to.</summary>
    public static readonly Quantity IrrigationVolume = Add("irrigation_volume", "Irrigation", SumUnits.LitrePerM2, 0, 1e6);

    /// <summary>Water that drained from the crop, counted, on the area it drained from.</summary>
    public static readonly Quantity DrainVolume = Add("drain_volume", "Drain", SumUnits.LitrePerM2, 0, 1e6);

    /// <summary>Part of the given water that drains, as some drain stations state it.</summary>
    public static readonly Quantity DrainFraction = Add("drain_fraction", "Drain fraction", Units.Percent, 0, 100);

    /// <summary>Electrical conductivity of the water given.</summary>
    public static readonly Quantity IrrigationEc = Add("irrigation_ec", "Irrigation EC", Units.DecisiemensPerM, 0, 25);

    /// <summary>Acidity of the water given.</summary>
    public static readonly Quantity IrrigationPh = Add("irrigation_ph", "Irrigation pH", Units.Ph, 0, 14);

    /// <summary>Electrical conductivity of the drain.</summary>
    public static readonly Quantity DrainEc = Add("drain_ec", "Drain EC", Units.DecisiemensPerM, 0, 25);

    /// <summary>Acidity of the drain.</summary>
    public static readonly Quantity DrainPh = Add("drain_ph", "Drain pH", Units.Ph, 0, 14);

    /// <summary>Tension of the water in soil or substrate, positive when it is dry.</summary>
    public static readonly Quantity SoilTension = Add("soil_tension", "Soil water tension", Units.Kilopascal, -5, 250);

    /// <summary>Light received since midnight, as a light meter that sums states it.</summary>
    public static readonly Quantity Dli = Add("dli", "Daily light integral", Units.MolPerM2, 0, 100);

    /// <summary>Solar radiation received since midnight, as a weather station that sums states it.</summary>
    public static readonly Quantity RadiationSum = Add("radiation_sum", "Radiation sum", SumUnits.JoulePerCm2, 0, 4500);

    /// <summary>Water that air can still take up.</summary>
    public static readonly Quantity HumidityDeficit = Add("humidity_deficit", "Humidity deficit", Units.GramPerM3, 0, 130);

    /// <summary>Electrical power.</summary>
    public static readonly Quantity Power = Add("power", "Power", Units.Watt, -1e6, 1e7);

    /// <summary>Electrical energy, counted.</summary>
    public static readonly Quantity Energy = Add("energy", "Energy", Units.KilowattHour, 0, 1e9);

    /// <summary>Battery voltage.</summary>
    public static readonly Quantity Battery = Add("battery", "Battery", Units.Volt, 0, 60);

    /// <summary>Received signal strength.</summary>
    public static readonly Quantity Rssi = Add("rssi", "Signal strength", Units.DecibelMilliwatt, -150, 20);

    private static readonly Utf8Table<Quantity> ByName = new(Table.Select(q => KeyValuePair.Create(q.Name, q)));

    /// <summary>Every quantity, by <see cref="Quantity.Index"/>.</summary>
    public static IReadOnlyList<Quantity> All => Table;

    /// <summary>Finds a quantity by its canonical UTF-8 name.</summary>
    public static bool TryGet(ReadOnlySpan<byte> utf8, [MaybeNullWhen(false)] out Quantity quantity) => ByName.TryGet(utf8, out quantity);

    /// <summary>Finds a quantity by its canonical name.</summary>
    public static bool TryGet(string name, [MaybeNullWhen(false)] out Quantity quantity) => ByName.TryGet(System.Text.Encoding.UTF8.GetBytes(name), out quantity);

    private static Quantity Add(string name, string title, Unit unit, double min, double max)
    {
        var quantity = new Quantity(Table.Count, name, title, unit, min, max);
        Table.Add(quantity);
        return quantity;
    }
}
