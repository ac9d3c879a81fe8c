using SmartFarm.Greenhouse.Weather.Chances;

namespace SmartFarm.Greenhouse.Weather.Generated;

/// <summary>
/// Settles a day by chance, in the manner of the weather generator of Richardson 1981: wet and dry days in spells, amounts exponentially distributed, the
/// daily mean temperature an autoregression of first order. Thread-safe.
/// </summary>
internal sealed class DayMaker(Place place, long seed)
{
    /// <summary>Correlation of the daily mean from day to day: that of Urumqi's year, 0.34 to 0.90 in its months.</summary>
    private const double Correlation = 0.75;

    private const double WetPersistence = 0.35;

    private readonly AutoRegression _temperature = new(seed, "temperature", Correlation);
    private readonly Spells _wet = new(seed, "wet", WetPersistence);
    private readonly Chance _showers = new(seed, "shower");
    private readonly CloudStates _clouds = new(seed);
    private readonly EventDraws _events = new(place, seed);

    public GeneratedDay Make(long day)
    {
        var usual = place.Climate.At(Midnight(place, day).AddHours(12));
        var clouds = new double[CloudStates.BlocksPerDay + 2];
        for (var i = 0; i < clouds.Length; i++)
        {
            clouds[i] = _clouds.Cover((day * CloudStates.BlocksPerDay) + i - 1, usual.ClearShare, usual.OvercastShare);
        }

        return new GeneratedDay(day, _temperature.At(day), clouds, ShowerOf(day, usual), _events.During(day));
    }

    /// <summary>When a solar day begins.</summary>
    public static DateTimeOffset Midnight(Place place, long day) => DateTimeOffset.UnixEpoch.AddDays(day - (place.Longitude / 360));

    private Shower? ShowerOf(long day, in MonthlyClimate usual)
    {
        const double DaysPerMonth = 365.25 / 12;
        if (!_wet.Is(day, usual.WetDays / DaysPerMonth))
        {
            return null;
        }

        var amount = -Math.Log(1 - _showers.Even(3 * day)) * usual.RainMm / usual.WetDays;
        var hours = 1 + (7 * _showers.Even((3 * day) + 1));
        return new Shower(amount, (24 - hours) * _showers.Even((3 * day) + 2), hours);
    }
}
