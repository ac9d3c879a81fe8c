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

    private long _midnight = long.MaxValue;
    private long _nextMidnight = long.MinValue;
    private (long Sunrise, long Sunset) _today;
    private (long Sunrise, long Sunset) _yesterday;
    private (long Sunrise, long Sunset) _tomorrow;
    private DateOnly _date;

    public ZonePlace Place => place;

    /// <summary>The last local midnight, Unix ms.</summary>
    public long Midnight(long wallMs)
    {
        Look(wallMs);
        return _midnight;
    }

    /// <summary>The next local midnight, Unix ms.</summary>
    public long NextMidnight(long wallMs)
    {
        Look(wallMs);
        return _nextMidnight;
    }

    /// <summary>Sunrise of the local day, Unix ms.</summary>
    public long Sunrise(long wallMs)
    {
        Look(wallMs);
        return _today.Sunrise;
    }

    /// <summary>Sunset of the local day, Unix ms.</summary>
    public long Sunset(long wallMs)
    {
        Look(wallMs);
        return _today.Sunset;
    }

    /// <summary>The last sunrise at or before an instant.</summary>
    public long LastSunrise(long wallMs)
    {
        Look(wallMs);
        return _today.Sunrise <= wallMs ? _today.Sunrise : _yesterday.Sunrise;
    }

    /// <summary>The next sunrise after an instant.</summary>
    public long NextSunrise(long wallMs)
    {
        Look(wallMs);
        return _today.Sunrise > wallMs ? _today.Sunrise : _tomorrow.Sunrise;
    }

    /// <summary>Whether the sun is up, and when that changes next.</summary>
    public (bool IsUp, long ChangesAt) Day(long wallMs)
    {
        Look(wallMs);
        return wallMs < _today.Sunrise ? (false, _today.Sunrise)
            : wallMs < _today.Sunset ? (true, _today.Sunset)
            : (false, Math.Min(_tomorrow.Sunrise, _nextMidnight));
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
        foreach (var (name, fromDay) in place.Stages)
        {
            if (age >= fromDay)
            {
                stage = name;
            }
        }

        return stage;
    }

    /// <summary>Local time of day as Unix ms: the instant of today at which clocks show it, whatever summer time does.</summary>
    public long At(long wallMs, TimeSpan clock)
    {
        Look(wallMs);
        var local = _date.ToDateTime(TimeOnly.MinValue) + clock;
        return ToUnixMs(local);
    }

    private void Look(long wallMs)
    {
        if (wallMs >= _midnight && wallMs < _nextMidnight)
        {
            return;
        }

        var utc = DateTimeOffset.FromUnixTimeMilliseconds(wallMs);
        _date = DateOnly.FromDateTime((utc + place.TimeZone.GetUtcOffset(utc)).DateTime);
        (_midnight, _nextMidnight) = (ToUnixMs(_date.ToDateTime(TimeOnly.MinValue)), ToUnixMs(_date.AddDays(1).ToDateTime(TimeOnly.MinValue)));
        (_yesterday, _today, _tomorrow) = (Sun(_midnight - (DayMs / 2)), Sun((_midnight + _nextMidnight) / 2), Sun(_nextMidnight + (DayMs / 2)));
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
