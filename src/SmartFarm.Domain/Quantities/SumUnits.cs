namespace SmartFarm.Domain.Quantities;

/// <summary>Units of what adds up over time or over an area: radiation sums, degree hours, volumes, doses.</summary>
public static class SumUnits
{
    /// <summary>Radiation sum, the one that irrigation is started by.</summary>
    public static readonly Unit JoulePerCm2 = New("J/cm²", "radiation sum", 1);

    /// <summary>Radiation sum of a day.</summary>
    public static readonly Unit MegajoulePerM2 = New("MJ/m²", "radiation sum", 100);

    /// <summary>Radiation sum.</summary>
    public static readonly Unit WattHourPerM2 = New("Wh/m²", "radiation sum", 0.36);

    /// <summary>Radiation sum of a day.</summary>
    public static readonly Unit KilowattHourPerM2 = New("kWh/m²", "radiation sum", 360);

    /// <summary>Temperature sum.</summary>
    public static readonly Unit KelvinHour = New("K·h", "temperature sum", 1, "°C·h");

    /// <summary>Temperature sum of days: the degree day.</summary>
    public static readonly Unit KelvinDay = New("K·d", "temperature sum", 24, "°C·d");

    /// <summary>Sum of a vapour pressure deficit.</summary>
    public static readonly Unit KilopascalHour = New("kPa·h", "pressure sum", 1);

    /// <summary>Sum of a fraction.</summary>
    public static readonly Unit PercentHour = New("%·h", "fraction sum", 1);

    /// <summary>Sum of a mole fraction.</summary>
    public static readonly Unit PpmHour = New("ppm·h", "mole fraction sum", 1);

    /// <summary>Sum of a water deficit.</summary>
    public static readonly Unit GramPerM3Hour = New("g/m³·h", "density sum", 1);

    /// <summary>Mass of gas or fertiliser.</summary>
    public static readonly Unit Kilogram = New("kg", "mass", 1);

    /// <summary>Volume of water.</summary>
    public static readonly Unit Litre = New("L", "volume", 1);

    /// <summary>Volume of water.</summary>
    public static readonly Unit Millilitre = New("mL", "volume", 0.001);

    /// <summary>Volume of water.</summary>
    public static readonly Unit CubicMetre = New("m³", "volume", 1000);

    /// <summary>Water on an area: rain, dose, drain.</summary>
    public static readonly Unit Millimetre = New("mm", "depth of water", 1);

    /// <summary>Water on an area.</summary>
    public static readonly Unit LitrePerM2 = New("L/m²", "depth of water", 1);

    /// <summary>Water on an area: the dose of one irrigation.</summary>
    public static readonly Unit MillilitrePerM2 = New("mL/m²", "depth of water", 0.001);

    /// <summary>Mass on an area: carbon dioxide that was dosed.</summary>
    public static readonly Unit GramPerM2 = New("g/m²", "mass on an area", 1);

    /// <summary>Every unit of a sum.</summary>
    internal static IReadOnlyList<Unit> All { get; } =
    [
        JoulePerCm2, MegajoulePerM2, WattHourPerM2, KilowattHourPerM2, KelvinHour, KelvinDay, KilopascalHour, PercentHour, PpmHour, GramPerM3Hour,
        Kilogram, Litre, Millilitre, CubicMetre, Millimetre, LitrePerM2, MillilitrePerM2, GramPerM2,
    ];

    private static Unit New(string symbol, string dimension, double scale, params string[] others) =>
        new(symbol, dimension, scale, 0, [.. Spellings.Of(symbol), .. others.SelectMany(o => Spellings.Of(o).Prepend(o))]);
}
