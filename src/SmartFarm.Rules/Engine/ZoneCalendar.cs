using SmartFarm.Agronomy;

namespace SmartFarm.Rules.Engine;

/// <summary>Where and when a zone is: what set points, sun and crop terms need. Immutable.</summary>
/// <param name="Latitude">Degrees north; null when the farm does not say.</param>
/// <param name="Longitude">Degrees east.</param>
/// <param name="TimeZone">Time zone of the site.</param>
/// <param name="Planted">Day of planting; null when the farm does not say.</param>
/// <param name="Stages">Stages of the crop with the age in days at which each begins, youngest first.</param>
/// <param name="AreaM2">Floor area, m²; null when the farm does not say.</param>
internal sealed record ZonePlace(double? Latitude, double? Longitude, TimeZoneInfo TimeZone, DateOnly? Planted, IReadOnlyList<(string Name, double FromDay)> Stages, double? AreaM2);

/// <summary>Local days, sun and crop age of a zone. Remembers the day it was last asked about; belongs to one state, not thread-safe.</summary>
internal sealed class ZoneCalendar(ZonePlace place)
{
    private const long DayMs = 86_400_000;
    private const long Never = long.MaxValue / 4;

    /// <summary>Local midnights from yesterday's to the day after tomorrow's.</summary>
    private readonly long[] _midnights = [long.MaxValue, long.MaxValue, long.MinValue, long.MinValue];

    /// <summary>Yesterday, today, tomorrow.</summary>
    private readonly (long Sunrise, long Sunset)[] _suns = new (long, long)[3];
    private DateOnly _date;

    public ZonePlace Place => place;

    /// <summary>The last local midnight, Unix ms.</summary>
    public long Midnight(long wallMs)
    {
        Look(wallMs);
        return _midnights[1];
    }

    /// <summary>The next local midnight, Unix ms.</summary>
    public long NextMidnight(long wallMs)
    {
        Look(wallMs);
        return _midnights[2];
    }

    /// <summary>Sunrise of the local day, or of one before (−1) or after (1), Unix ms.</summary>
    public long Sunrise(long wallMs, int days = 0)
    {
        Look(wallMs);
        return _suns[1 + days].Sunrise;
    }

    /// <summary>Sunset of the local day, or of one before (−1) or after (1), Unix ms.</summary>
    public long Sunset(long wallMs, int days = 0)
    {
        Look(wallMs);
        return _suns[1 + days].Sunset;
    }

    /// <summary>The last sunrise at or before an instant.</summary>
    public long LastSunrise(long wallMs)
    {
        Look(wallMs);
        return _suns[1].Sunrise <= wallMs ? _suns[1].Sunrise : _suns[0].Sunrise;
    }

    /// <summary>The next sunrise after an instant.</summary>
    public long NextSunrise(long wallMs)
    {
        Look(wallMs);
        return _suns[1].Sunrise > wallMs ? _suns[1].Sunrise : _suns[2].Sunrise;
    }

    /// <summary>Whether the sun is up, and when that changes next.</summary>
    public (bool IsUp, long ChangesAt) Day(long wallMs)
    {
        Look(wallMs);
        var (sunrise, sunset) = _suns[1];
        return wallMs < sunrise ? (false, sunrise)
            : wallMs < sunset ? (true, sunset)
            : (false, Math.Min(_suns[2].Sunrise, _midnights[2]));
    }

    /// <summary>Height of the sun, degrees; NaN when the place is not known.</summary>
    public double SunElevation(long wallMs) => place is { Latitude: { } latitude, Longitude: { } longitude }
        ? SolarPosition.Elevation(latitude, longitude, wallMs)
        : double.NaN;

    /// <summary>Days since planting; NaN when it is not known.</summary>
    public double CropAge(long wallMs)
    {
        Look(wallMs);
        return place.Planted is { } planted ? _date.DayNumber - planted.DayNumber : double.NaN;
    }

    /// <summary>The stage of the crop; null when it is not known.</summary>
    public string? CropStage(long wallMs)
    {
        var age = CropAge(wallMs);
        string? stage = null;
        for (var i = 0; i < place.Stages.Count; i++)
        {
            stage = age >= place.Stages[i].FromDay ? place.Stages[i].Name : stage;
        }

        return stage;
    }

    /// <summary>Local time of day as Unix ms: the instant of today, or of a day before (−1) or after (1), at which clocks show it, whatever summer time does.</summary>
    public long At(long wallMs, TimeSpan clock, int days = 0)
    {
        Look(wallMs);
        var midnight = _midnights[1 + days];
        return _midnights[2 + days] - midnight == DayMs
            ? midnight + (long)clock.TotalMilliseconds
            : ToUnixMs(_date.AddDays(days).ToDateTime(TimeOnly.MinValue) + clock);
    }

    private void Look(long wallMs)
    {
        if (wallMs >= _midnights[1] && wallMs < _midnights[2])
        {
            return;
        }

        var utc = DateTimeOffset.FromUnixTimeMilliseconds(wallMs);
        _date = DateOnly.FromDateTime((utc + place.TimeZone.GetUtcOffset(utc)).DateTime);
        for (var i = 0; i < _midnights.Length; i++)
        {
            _midnights[i] = ToUnixMs(_date.AddDays(i - 1).ToDateTime(TimeOnly.MinValue));
        }

        for (var i = 0; i < _suns.Length; i++)
        {
            _suns[i] = Sun((_midnights[i] + _midnights[i + 1]) / 2);
        }
    }

    private (long Sunrise, long Sunset) Sun(long noonMs)
    {
        if (place is not { Latitude: { } latitude, Longitude: { } longitude })
        {
            return (Never, Never);
        }

        var day = SolarDay.At(latitude, longitude, noonMs);
        return (day.SunriseMs, day.SunsetMs);
    }

    private long ToUnixMs(DateTime local)
    {
        // A time that summer time leaves out is the instant at which the clocks jump; one that comes twice is the first.
        var offset = place.TimeZone.IsInvalidTime(local) ? place.TimeZone.GetUtcOffset(local.AddHours(-3))
            : place.TimeZone.IsAmbiguousTime(local) ? place.TimeZone.GetAmbiguousTimeOffsets(local).Max()
            : place.TimeZone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUnixTimeMilliseconds();
    }
}
