using SmartFarm.Domain.Quantities;

namespace SmartFarm.Dashboards.Model;

/// <summary>Grafana's ids of units. An id that Grafana does not know shows bare numbers, so all are here; what it has no id for is a suffix.</summary>
internal static class GrafanaUnit
{
    public const string None = "none";
    public const string Share = "percentunit";
    public const string Milliseconds = "ms";
    public const string Seconds = "s";
    public const string Duration = "dtdurations";
    public const string Clock = "dthms";
    public const string Ago = "dateTimeFromNow";
    public const string Bytes = "bytes";
    public const string PerSecond = "suffix: /s";
    public const string MillisecondsPerSecond = "suffix: ms/s";
    public const string Litre = "litre";
    public const string KilowattHour = "kwatth";
    public const string LitrePerM2 = "suffix: L/m²";
    public const string KilowattHourPerM2 = "suffix: kWh/m²";
    public const string GramPerM2 = "suffix: g/m²";
    public const string JoulePerCm2 = "suffix: J/cm²";
    public const string MolPerM2 = "suffix: mol/m²";
    public const string MillilitrePerJoule = "suffix: mL/J";
    public const string PerDay = "suffix: /d";
    public const string Hours = "suffix: h";
    public const string SquareMetre = "suffix: m²";
    public const string Kelvin = "suffix: K";

    /// <summary>The unit of a quantity.</summary>
    public static string Of(Quantity quantity) => quantity.Unit.Symbol switch
    {
        "°C" => "celsius",
        "%" when quantity == Quantities.RelativeHumidity => "humidity",
        "%" => "percent",
        "ppm" => "ppm",
        "kPa" => "pressurekpa",
        "hPa" => "pressurehpa",
        "W/m²" => "Wm2",
        "m/s" => "velocityms",
        "°" => "degree",
        "W" => "watt",
        "kWh" => KilowattHour,
        "V" => "volt",
        "dBm" => "dBm",
        "L" => Litre,
        "L/min" => "flowlpm",
        "" or "pH" => None,
        var symbol => $"suffix: {symbol}",
    };
}
