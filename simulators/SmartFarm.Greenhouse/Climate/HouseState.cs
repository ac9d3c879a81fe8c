using SmartFarm.Agronomy;
using SmartFarm.Greenhouse.Climate.Balances;
using SmartFarm.Greenhouse.Climate.Processes;

namespace SmartFarm.Greenhouse.Climate;

/// <summary>The state of a house. A plain value: a copy of it is a house of its own, from which a what-if may begin.</summary>
public record struct HouseState
{
    /// <summary>Air among the crop, °C.</summary>
    public double TemperatureC;

    /// <summary>Air above the energy screen, °C; near that among the crop while the screen is open.</summary>
    public double TopTemperatureC;

    /// <summary>Leaves, °C.</summary>
    public double CanopyTemperatureC;

    /// <summary>Cover, inner face, °C.</summary>
    public double CoverTemperatureC;

    /// <summary>Cover, outer face, °C.</summary>
    public double CoverOuterTemperatureC;

    /// <summary>Energy screen, °C.</summary>
    public double ScreenTemperatureC;

    /// <summary>Heating pipes, °C.</summary>
    public double PipeTemperatureC;

    /// <summary>Surface of the floor, °C.</summary>
    public double FloorTemperatureC;

    /// <summary>Root zone, °C.</summary>
    public double SoilTemperatureC;

    /// <summary>Soil below the root zone, °C.</summary>
    public double SubsoilTemperatureC;

    /// <summary>Heat that the boiler gives now, W/m².</summary>
    public double BoilerPower;

    /// <summary>Water in the air among the crop, kg per kg of dry air.</summary>
    public double HumidityRatio;

    /// <summary>Water in the air above the energy screen, kg per kg of dry air.</summary>
    public double TopHumidityRatio;

    /// <summary>Air pressure, hPa.</summary>
    public double PressureHPa;

    /// <summary>CO₂ in the air among the crop, ppm.</summary>
    public double Co2Ppm;

    /// <summary>CO₂ in the air above the energy screen, ppm.</summary>
    public double TopCo2Ppm;

    /// <summary>Water content of the root zone by volume, %.</summary>
    public double SoilMoisturePercent;

    /// <summary>Salts dissolved in the root zone, g/m².</summary>
    public double SaltGram;

    /// <summary>Electrical conductivity of the solution in the root zone, dS/m at 25 °C.</summary>
    public double SubstrateEc;

    /// <summary>Water in the tank, litres per m² of floor.</summary>
    public double TankLitres;

    /// <summary>Share of its light that the cover loses to dust.</summary>
    public double DustShare;

    /// <summary>Sun above the crop, W/m²; that of the last step.</summary>
    public double SolarRadiation;

    /// <summary>Photons of sun and lamps above the crop, µmol m⁻² s⁻¹; those of the last step.</summary>
    public double Ppfd;

    /// <summary>What went through so far.</summary>
    public HouseMeters Meters;

    /// <summary>Water drained from the root zone so far, litres/m².</summary>
    public readonly double DrainLitres => Meters.DrainLitres;

    /// <summary>Vapour pressure of the air among the crop, kPa.</summary>
    public readonly double VapourPressure => Humid.VapourPressure(HumidityRatio, PressureHPa) / 1000;

    /// <summary>Water in the air among the crop, g/m³.</summary>
    public readonly double AbsoluteHumidity => RelativeHumidityPercent / 100 * Psychrometrics.AbsoluteHumidity(Humid.InRange(TemperatureC), 100);

    /// <summary>Relative humidity of the air among the crop, %.</summary>
    public readonly double RelativeHumidityPercent => 100_000 * VapourPressure / Humid.Saturated(TemperatureC);

    /// <summary>A house at rest at a temperature (°C) and humidity (%), with moist soil, a full tank and the CO₂ of fresh air, at sea level.</summary>
    public static HouseState Of(double temperatureC, double relativeHumidityPercent)
    {
        var ratio = Humid.Ratio(Humid.Saturated(temperatureC) * relativeHumidityPercent / 100, Humid.SeaLevel);
        return new HouseState
        {
            TemperatureC = temperatureC,
            TopTemperatureC = temperatureC,
            CanopyTemperatureC = temperatureC,
            CoverTemperatureC = temperatureC,
            CoverOuterTemperatureC = temperatureC,
            ScreenTemperatureC = temperatureC,
            PipeTemperatureC = temperatureC,
            FloorTemperatureC = temperatureC,
            SoilTemperatureC = temperatureC,
            SubsoilTemperatureC = temperatureC,
            HumidityRatio = ratio,
            TopHumidityRatio = ratio,
            PressureHPa = Humid.SeaLevel,
            Co2Ppm = 420,
            TopCo2Ppm = 420,
            SoilMoisturePercent = 32,
            SaltGram = 128,
            SubstrateEc = 2.5,
            TankLitres = 20,
        };
    }

    internal void Change(ReadOnlySpan<double> change)
    {
        TemperatureC += change[(int)Node.Air];
        TopTemperatureC += change[(int)Node.Top];
        CanopyTemperatureC += change[(int)Node.Canopy];
        ScreenTemperatureC += change[(int)Node.Screen];
        CoverTemperatureC += change[(int)Node.CoverInner];
        CoverOuterTemperatureC += change[(int)Node.CoverOuter];
        PipeTemperatureC += change[(int)Node.Pipe];
        FloorTemperatureC += change[(int)Node.Floor];
        SoilTemperatureC += change[(int)Node.Soil];
        SubsoilTemperatureC += change[(int)Node.Subsoil];
        HumidityRatio += change[(int)Node.AirVapour];
        TopHumidityRatio += change[(int)Node.TopVapour];
    }

    internal void Light(in Sunlight sun, in Lamps lamps, LightParameters light)
    {
        SolarRadiation = sun.AboveCanopy;
        Ppfd = (Sunlight.PhotonsPerJoule * sun.ParAboveCanopy) + (light.LampPhotons * lamps.Par);
    }
}
