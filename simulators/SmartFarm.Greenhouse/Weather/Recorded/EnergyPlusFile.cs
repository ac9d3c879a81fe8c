using System.Globalization;
using System.Text;

namespace SmartFarm.Greenhouse.Weather.Recorded;

/// <summary>
/// Reads the hourly typical year of a place from an EnergyPlus weather file (EPW), or from the CSV that EnergyPlus' converter makes of one. Both are in Latin-1.
/// </summary>
public static class EnergyPlusFile
{
    private const int HoursOfYear = 8760;
    private const string Location = "LOCATION";

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It is no such file, or not of 8760 hours; the message says where.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static TypicalYear Load(string path)
    {
        using var reader = new StreamReader(path, Encoding.Latin1);
        return Read(reader, path);
    }

    /// <summary>Reads a file that is open.</summary>
    /// <param name="reader">Its text.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <exception cref="InvalidDataException">As <see cref="Load"/>.</exception>
    public static TypicalYear Read(TextReader reader, string name)
    {
        TypicalYearSite? site = null;
        EnergyPlusColumns? columns = null;
        var hours = new List<EnergyPlusHour>(HoursOfYear);
        for (var (line, number) = (reader.ReadLine(), 1); line is not null; line = reader.ReadLine(), number++)
        {
            var fields = line.Split(',');
            switch (fields[0])
            {
                case Location:
                    site = SiteOf(fields, at: 6, name, number);
                    columns = EnergyPlusColumns.Epw;
                    break;
                case var title when title.StartsWith(Location + "_", StringComparison.Ordinal):
                    site = SiteOf(fields, at: 1, name, number);
                    break;
                case "DATA PERIODS" when fields is [_, _, not "1", ..]:
                    throw new InvalidDataException($"{name}, line {number}: there are {fields[2]} intervals in an hour; only hourly weather can be read.");
                case "Date":
                    columns ??= EnergyPlusColumns.Of(fields);
                    break;
                case var date when columns is not null && IsHour(date, fields) && !IsLeapDay(date, fields):
                    hours.Add(EnergyPlusHour.Read(fields, columns, name, number));
                    break;
            }
        }

        return site is null ? throw new InvalidDataException($"{name} has no line {Location}; it is no EnergyPlus weather file.")
            : hours.Count == HoursOfYear ? new TypicalYear(site, EnergyPlusHour.Complete(hours, name))
            : throw new InvalidDataException($"{name} has {hours.Count} hours; a typical year has {HoursOfYear}.");
    }

    /// <summary>The CSV begins lines of data with a date, the weather file with a year.</summary>
    private static bool IsHour(string first, string[] fields) =>
        fields.Length > 20 && first.Length > 0 && char.IsAsciiDigit(first[0]) && (first.Contains('/') || first.Length == 4);

    private static bool IsLeapDay(string first, string[] fields) =>
        first.Contains('/') ? first.EndsWith("/2/29", StringComparison.Ordinal) : (fields[1].Trim(), fields[2].Trim()) == ("2", "29");

    private static TypicalYearSite SiteOf(string[] fields, int at, string name, int line)
    {
        var numbers = new double[4];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (at + i >= fields.Length || !double.TryParse(fields[at + i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]))
            {
                throw new InvalidDataException($"{name}, line {line}: the location needs latitude, longitude, time zone and elevation.");
            }
        }

        return new TypicalYearSite(numbers[0], numbers[1], TimeSpan.FromHours(numbers[2]), numbers[3]);
    }
}
