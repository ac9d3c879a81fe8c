using SmartFarm.Simulator.Replay;

namespace SmartFarm.Simulator.Calibration;

/// <summary>What a column of a recorded history is. Openings, screens and lamps in %, temperatures in °C.</summary>
internal enum HistoryColumn
{
    /// <summary>Air inside, °C.</summary>
    AirTemperature,

    /// <summary>Air inside, %.</summary>
    RelativeHumidity,

    /// <summary>Air outside, °C.</summary>
    OutsideTemperature,

    /// <summary>Air outside, %.</summary>
    OutsideHumidity,

    /// <summary>Global radiation outside, W/m².</summary>
    SolarRadiation,

    /// <summary>Wind, m/s.</summary>
    WindSpeed,

    /// <summary>Opening of vents, %.</summary>
    Vent,

    /// <summary>How far the energy screen is drawn, %.</summary>
    EnergyScreen,

    /// <summary>How far the blackout screen is drawn, %.</summary>
    BlackoutScreen,

    /// <summary>Heating pipes, °C.</summary>
    PipeTemperature,

    /// <summary>Metered heat, W per m² of floor.</summary>
    Heat,

    /// <summary>Lamp power, %.</summary>
    Lamps,

    /// <summary>Heat radiation of the sky less that of a black body at air temperature, W/m².</summary>
    NetSkyRadiation,
}

/// <summary>A column that is read.</summary>
/// <param name="Name">Its heading, without outer blanks.</param>
/// <param name="Is">What it is.</param>
/// <param name="Factor">Each number is multiplied by this.</param>
internal sealed record HistorySource(string Name, HistoryColumn Is, double Factor);

/// <summary>A file of a recorded history.</summary>
/// <param name="Path">The file.</param>
/// <param name="Time">Where the time stands.</param>
/// <param name="Columns">The columns that are read.</param>
internal sealed record HistoryFile(string Path, TimeColumn Time, IReadOnlyList<HistorySource> Columns);
