namespace SmartFarm.Greenhouse.Weather.Recorded;

/// <summary>
/// A typical year of 8760 hours that repeats itself in every calendar year; 29 February is 28 February once more. A line holds the air at the end of its hour, with
/// straight lines between, and the mean radiation of its hour, which follows the height of the sun within the hour and keeps its sum. Immutable.
/// </summary>
public sealed class TypicalYear : IWeather
{
    private const int Hours = 8760;

    /// <summary>Below this mean sine of the sun's height there is too little shape: the hour's radiation is spread evenly.</summary>
    private const double LowSun = 0.02;

    private readonly TypicalYearSite _site;
    private readonly Outside[] _air;
    private readonly double[] _radiationPerSine;

    internal TypicalYear(TypicalYearSite site, Outside[] air)
    {
        (_site, _air) = (site, air);
        Place = new Place(site.Latitude, site.Longitude, site.AltitudeM, ObservedClimate.Of(air, site));
        _radiationPerSine = new double[Hours];
        for (var hour = 0; hour < Hours; hour++)
        {
            var mean = MeanSine(hour);
            _radiationPerSine[hour] = mean < LowSun ? double.NaN : air[hour].SolarRadiation / mean;
        }
    }

    /// <summary>The place, with the climate that this year shows.</summary>
    public Place Place { get; }

    /// <inheritdoc/>
    public Outside At(DateTimeOffset time)
    {
        var position = Position(time);
        var hour = (int)position;
        var perSine = _radiationPerSine[hour];
        return Outside.Between(_air[(hour + Hours - 1) % Hours], _air[hour], position - hour) with
        {
            SolarRadiation = double.IsNaN(perSine) ? _air[hour].SolarRadiation : perSine * Math.Max(0, Sun.SineOfElevation(Place, Moment(position))),
            GroundTemperatureC = Place.Climate.GroundTemperature(time),
        };
    }

    /// <summary>Hours since the year began, from 0 to less than 8760.</summary>
    private double Position(DateTimeOffset time)
    {
        var local = time.ToOffset(_site.Offset);
        var day = local.DayOfYear - 1 - (DateTime.IsLeapYear(local.Year) && local.DayOfYear >= 60 ? 1 : 0);
        return (24 * day) + (local.TimeOfDay.Ticks / (double)TimeSpan.TicksPerHour);
    }

    /// <summary>The moment in a year that is no leap year.</summary>
    private DateTimeOffset Moment(double position) => new DateTimeOffset(2023, 1, 1, 0, 0, 0, _site.Offset).AddHours(position);

    private double MeanSine(int hour)
    {
        const int Parts = 60;
        var sum = 0.0;
        for (var part = 0; part < Parts; part++)
        {
            sum += Math.Max(0, Sun.SineOfElevation(Place, Moment(hour + ((part + 0.5) / Parts))));
        }

        return sum / Parts;
    }
}
