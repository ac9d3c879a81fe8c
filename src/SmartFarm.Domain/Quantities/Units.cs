using System.Diagnostics.CodeAnalysis;
using SmartFarm.Domain.Text;

namespace SmartFarm.Domain.Quantities;

/// <summary>Every unit that is understood, with the spellings accepted on input (UCUM in square brackets or plain, and common ones).</summary>
public static partial class Units
{
    /// <summary>Degree Celsius.</summary>
    public static readonly Unit Celsius = new("°C", "temperature", 1, 0, "Cel", "degC", "C", "celsius", "deg C", "℃");

    /// <summary>Kelvin.</summary>
    public static readonly Unit Kelvin = new("K", "temperature", 1, -273.15, "kelvin");

    /// <summary>Degree Fahrenheit.</summary>
    public static readonly Unit Fahrenheit = new("°F", "temperature", 5.0 / 9, -160.0 / 9, "[degF]", "degF", "F", "fahrenheit", "℉");

    /// <summary>Per cent.</summary>
    public static readonly Unit Percent = new("%", "fraction", 1, 0, "pct", "percent", "%RH", "%H");

    /// <summary>Fraction of one.</summary>
    public static readonly Unit One = new("1", "fraction", 100, 0, "m3/m3", "m³/m³");

    /// <summary>Parts per million by volume.</summary>
    public static readonly Unit Ppm = new("ppm", "mole fraction", 1, 0, "[ppm]", "umol/mol", "µmol/mol");

    /// <summary>Photon flux density.</summary>
    public static readonly Unit MicromolPerM2S = new("µmol/m²/s", "photon flux", 1, 0, "umol/m2/s", "umol.m-2.s-1", "umol/(m2.s)", "µmol/m2/s", "μmol/m²/s", "μmol/m2/s", "µmol m-2 s-1");

    /// <summary>Irradiance.</summary>
    public static readonly Unit WattPerM2 = new("W/m²", "irradiance", 1, 0, "W/m2", "W.m-2", "Wm2");

    /// <summary>Photons summed up. A daily light integral is written with the day it is counted over, <c>mol/m²/d</c>; that is the same unit.</summary>
    public static readonly Unit MolPerM2 = new("mol/m²", "photon sum", 1, 0, [.. Spellings.Of("mol/m²"), "mol.m-2", "mol/m²/d", .. Spellings.Of("mol/m²/d")]);

    /// <summary>Pressure of vapour.</summary>
    public static readonly Unit Kilopascal = new("kPa", "pressure", 10, 0);

    /// <summary>Pressure of air.</summary>
    public static readonly Unit Hectopascal = new("hPa", "pressure", 1, 0, "mbar", "hpa");

    /// <summary>Pascal.</summary>
    public static readonly Unit Pascal = new("Pa", "pressure", 0.01, 0, "pa");

    /// <summary>Bar.</summary>
    public static readonly Unit Bar = new("bar", "pressure", 1000, 0);

    /// <summary>Millimetre of mercury.</summary>
    public static readonly Unit MmHg = new("mmHg", "pressure", 1.33322387415, 0, "mm[Hg]");

    /// <summary>Mass of water in a volume of air.</summary>
    public static readonly Unit GramPerM3 = new("g/m³", "density", 1, 0, "g/m3", "g.m-3");

    /// <summary>Electrical conductivity.</summary>
    public static readonly Unit DecisiemensPerM = new("dS/m", "conductivity", 1, 0, "mS/cm");

    /// <summary>Microsiemens per centimetre.</summary>
    public static readonly Unit MicrosiemensPerCm = new("µS/cm", "conductivity", 0.001, 0, "uS/cm", "μS/cm");

    /// <summary>Acidity.</summary>
    public static readonly Unit Ph = new("pH", "acidity", 1, 0, "[pH]", "ph");

    /// <summary>Speed.</summary>
    public static readonly Unit MetrePerSecond = new("m/s", "speed", 1, 0, "m.s-1", "mps");

    /// <summary>Kilometre per hour.</summary>
    public static readonly Unit KilometrePerHour = new("km/h", "speed", 1 / 3.6, 0, "kph", "km/hr");

    /// <summary>Mile per hour.</summary>
    public static readonly Unit MilePerHour = new("mph", "speed", 0.44704, 0, "[mi_i]/h");

    /// <summary>Direction or angle.</summary>
    public static readonly Unit Degree = new("°", "angle", 1, 0, "deg");

    /// <summary>Rain rate.</summary>
    public static readonly Unit MillimetrePerHour = new("mm/h", "rain rate", 1, 0, "mm/hr");

    /// <summary>Water flow.</summary>
    public static readonly Unit LitrePerMinute = new("L/min", "flow", 1, 0, "l/min", "lpm");

    /// <summary>Cubic metre per hour.</summary>
    public static readonly Unit CubicMetrePerHour = new("m³/h", "flow", 1000.0 / 60, 0, "m3/h");

    /// <summary>Litre per hour.</summary>
    public static readonly Unit LitrePerHour = new("L/h", "flow", 1.0 / 60, 0, "l/h");

    /// <summary>Power.</summary>
    public static readonly Unit Watt = new("W", "power", 1, 0);

    /// <summary>Kilowatt.</summary>
    public static readonly Unit Kilowatt = new("kW", "power", 1000, 0);

    /// <summary>Energy.</summary>
    public static readonly Unit KilowattHour = new("kWh", "energy", 1, 0, "kW.h");

    /// <summary>Watt-hour.</summary>
    public static readonly Unit WattHour = new("Wh", "energy", 0.001, 0, "W.h");

    /// <summary>Voltage.</summary>
    public static readonly Unit Volt = new("V", "voltage", 1, 0);

    /// <summary>Millivolt.</summary>
    public static readonly Unit Millivolt = new("mV", "voltage", 0.001, 0);

    /// <summary>Signal strength.</summary>
    public static readonly Unit DecibelMilliwatt = new("dBm", "signal", 1, 0, "dB[mW]", "dbm");

    /// <summary>Illuminance. No factor turns it into W/m² or µmol/m²/s: that depends on the lamp.</summary>
    public static readonly Unit Lux = new("lx", "illuminance", 1, 0, "lux");

    /// <summary>Second.</summary>
    public static readonly Unit Second = new("s", "time", 1, 0, "sec");

    /// <summary>Minute.</summary>
    public static readonly Unit Minute = new("min", "time", 60, 0, "m");

    /// <summary>Hour.</summary>
    public static readonly Unit Hour = new("h", "time", 3600, 0, "hour");

    /// <summary>Day.</summary>
    public static readonly Unit Day = new("d", "time", 86400, 0, "day");

    /// <summary>Every unit.</summary>
    public static IReadOnlyList<Unit> All { get; } =
    [
        Celsius, Kelvin, Fahrenheit, Percent, One, Ppm, MicromolPerM2S, WattPerM2, MolPerM2, Kilopascal, Hectopascal, Pascal, Bar, MmHg, GramPerM3,
        DecisiemensPerM, MicrosiemensPerCm, Ph, MetrePerSecond, KilometrePerHour, MilePerHour, Degree, MillimetrePerHour, LitrePerMinute,
        CubicMetrePerHour, LitrePerHour, Watt, Kilowatt, KilowattHour, WattHour, Volt, Millivolt, DecibelMilliwatt, Lux, Second, Minute, Hour, Day,
        .. SumUnits.All, .. RateUnits.All,
    ];

    private static readonly Utf8Table<Unit> BySpelling = new(
        All.SelectMany(unit => unit.Spellings.Prepend(unit.Symbol).Select(spelling => KeyValuePair.Create(spelling, unit))));

    /// <summary>Finds a unit by its UTF-8 symbol or any accepted spelling. Case matters: mW is not MW.</summary>
    public static bool TryGet(ReadOnlySpan<byte> utf8, [MaybeNullWhen(false)] out Unit unit) => BySpelling.TryGet(utf8, out unit);

    /// <summary>Finds a unit by its symbol or any accepted spelling.</summary>
    public static bool TryGet(string text, [MaybeNullWhen(false)] out Unit unit) => BySpelling.TryGet(System.Text.Encoding.UTF8.GetBytes(text), out unit);
}
