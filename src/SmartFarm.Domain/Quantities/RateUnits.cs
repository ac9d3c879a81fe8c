namespace SmartFarm.Domain.Quantities;

/// <summary>Units of how fast something changes.</summary>
public static class RateUnits
{
    /// <summary>Change of temperature.</summary>
    public static readonly Unit KelvinPerHour = New("K/h", "change of temperature", 1, "°C/h");

    /// <summary>Change of temperature.</summary>
    public static readonly Unit KelvinPerMinute = New("K/min", "change of temperature", 60, "°C/min");

    /// <summary>Change of temperature over days.</summary>
    public static readonly Unit KelvinPerDay = New("K/d", "change of temperature", 1.0 / 24, "°C/d");

    /// <summary>Change of a fraction.</summary>
    public static readonly Unit PercentPerHour = New("%/h", "change of a fraction", 1);

    /// <summary>Change of a fraction; speed of a drive.</summary>
    public static readonly Unit PercentPerMinute = New("%/min", "change of a fraction", 60);

    /// <summary>Change of a fraction over days: the dry-down of a substrate.</summary>
    public static readonly Unit PercentPerDay = New("%/d", "change of a fraction", 1.0 / 24);

    /// <summary>Change of carbon dioxide.</summary>
    public static readonly Unit PpmPerHour = New("ppm/h", "change of a mole fraction", 1);

    /// <summary>Change of carbon dioxide.</summary>
    public static readonly Unit PpmPerMinute = New("ppm/min", "change of a mole fraction", 60);

    /// <summary>Change of vapour pressure.</summary>
    public static readonly Unit KilopascalPerHour = New("kPa/h", "change of pressure", 10);

    /// <summary>Change of air pressure.</summary>
    public static readonly Unit HectopascalPerHour = New("hPa/h", "change of pressure", 1);

    /// <summary>Change of the pressure of water.</summary>
    public static readonly Unit BarPerHour = New("bar/h", "change of pressure", 1000);

    /// <summary>Change of humidity.</summary>
    public static readonly Unit GramPerM3PerHour = New("g/m³/h", "change of density", 1);

    /// <summary>Change of radiation.</summary>
    public static readonly Unit WattPerM2PerHour = New("W/m²/h", "change of irradiance", 1);

    /// <summary>Change of light.</summary>
    public static readonly Unit MicromolPerM2SPerHour = New("µmol/m²/s/h", "change of photon flux", 1);

    /// <summary>Change of conductivity.</summary>
    public static readonly Unit DecisiemensPerMPerHour = New("dS/m/h", "change of conductivity", 1);

    /// <summary>Change of acidity.</summary>
    public static readonly Unit PhPerHour = New("pH/h", "change of acidity", 1);

    /// <summary>Change of wind.</summary>
    public static readonly Unit MetrePerSecondPerHour = New("m/s/h", "change of speed", 1);

    /// <summary>Change of a flow.</summary>
    public static readonly Unit LitrePerMinutePerHour = New("L/min/h", "change of flow", 1);

    /// <summary>Growth of a radiation sum; as an irradiance 2.78 W/m².</summary>
    public static readonly Unit JoulePerCm2PerHour = New("J/cm²/h", "irradiance", 1e4 / 3600);

    /// <summary>Growth of a light sum; as a photon flux 278 µmol/m²/s.</summary>
    public static readonly Unit MolPerM2PerHour = New("mol/m²/h", "photon flux", 1e6 / 3600);

    /// <summary>Water on an area in time.</summary>
    public static readonly Unit LitrePerM2PerHour = New("L/m²/h", "rain rate", 1);

    /// <summary>Dosing of carbon dioxide.</summary>
    public static readonly Unit GramPerM2PerHour = New("g/m²/h", "mass flux", 1);

    /// <summary>Dosing of carbon dioxide, as suppliers state it.</summary>
    public static readonly Unit KilogramPerHectarePerHour = New("kg/ha/h", "mass flux", 0.1);

    /// <summary>Gas or fertiliser in time.</summary>
    public static readonly Unit KilogramPerHour = New("kg/h", "mass flow", 1);

    /// <summary>Change of a voltage.</summary>
    public static readonly Unit VoltPerHour = New("V/h", "change of voltage", 1);

    /// <summary>Every unit of a rate.</summary>
    internal static IReadOnlyList<Unit> All { get; } =
    [
        KelvinPerHour, KelvinPerMinute, KelvinPerDay, PercentPerHour, PercentPerMinute, PercentPerDay, PpmPerHour, PpmPerMinute, KilopascalPerHour,
        HectopascalPerHour, BarPerHour, GramPerM3PerHour, WattPerM2PerHour, MicromolPerM2SPerHour, DecisiemensPerMPerHour, PhPerHour,
        MetrePerSecondPerHour, LitrePerMinutePerHour, JoulePerCm2PerHour, MolPerM2PerHour, LitrePerM2PerHour, GramPerM2PerHour,
        KilogramPerHectarePerHour, KilogramPerHour, VoltPerHour,
    ];

    private static Unit New(string symbol, string dimension, double scale, params string[] others) =>
        new(symbol, dimension, scale, 0, [.. Spellings.Of(symbol), .. others.SelectMany(o => Spellings.Of(o).Prepend(o))]);
}
