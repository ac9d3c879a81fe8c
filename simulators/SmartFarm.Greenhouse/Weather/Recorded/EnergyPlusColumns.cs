namespace SmartFarm.Greenhouse.Weather.Recorded;

/// <summary>Which field of a line holds what.</summary>
internal sealed record EnergyPlusColumns(
    int DryBulb, int DewPoint, int Humidity, int Pressure, int LongWave, int Global, int WindDirection, int WindSpeed, int Cloud, int Rain)
{
    /// <summary>A weather file as such. EnergyPlus, Auxiliary Programs, EnergyPlus Weather File (EPW) Data Dictionary.</summary>
    public static EnergyPlusColumns Epw { get; } = new(6, 7, 8, 9, 12, 13, 20, 21, 22, 33);

    /// <summary>The CSV that EnergyPlus' weather converter writes of one, by its short headings; null when one is missing.</summary>
    public static EnergyPlusColumns? Of(string[] headings)
    {
        string[] wanted = ["DryBulb", "DewPoint", "RelHum", "Atmos Pressure", "HorzIRSky", "GloHorzRad", "WindDir", "WindSpd", "TotSkyCvr", "Rain"];
        var at = Array.ConvertAll(wanted, name => Array.FindIndex(headings, heading => heading.Split('{')[0].Trim() == name));
        return at.Contains(-1) ? null : new EnergyPlusColumns(at[0], at[1], at[2], at[3], at[4], at[5], at[6], at[7], at[8], at[9]);
    }
}
