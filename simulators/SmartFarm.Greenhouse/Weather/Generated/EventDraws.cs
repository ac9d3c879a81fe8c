using SmartFarm.Greenhouse.Weather.Chances;
using SmartFarm.Greenhouse.Weather.Events;

namespace SmartFarm.Greenhouse.Weather.Generated;

/// <summary>Which events chance brings: each kind begins on a day with the chance of the season, with a length and a strength of its own.</summary>
internal sealed class EventDraws(Place place, long seed)
{
    /// <summary>Above 1, so that strong events are rarer than weak ones.</summary>
    private const double Rarity = 1.3;

    private readonly Chance[] _draws = [.. WeatherEvents.Kinds.Select(kind => new Chance(seed, kind.Name))];

    /// <summary>The events that touch a day.</summary>
    public WeatherEvent[] During(long day)
    {
        var events = new List<WeatherEvent>();
        var (begin, end) = (DayMaker.Midnight(place, day), DayMaker.Midnight(place, day + 1));
        for (var i = 0; i < _draws.Length; i++)
        {
            var kind = WeatherEvents.Kinds[i];
            for (var first = day - (long)Math.Ceiling(kind.Longest.TotalDays); first <= day; first++)
            {
                if (Draw(kind, _draws[i], first) is { } drawn && drawn.Start < end && drawn.End > begin)
                {
                    events.Add(drawn);
                }
            }
        }

        return [.. events];
    }

    private WeatherEvent? Draw(WeatherEventKind kind, Chance draws, long day)
    {
        var midnight = DayMaker.Midnight(place, day);
        if (draws.Even(4 * day) >= kind.ChancePerDay(place.Climate.At(midnight)))
        {
            return null;
        }

        var start = midnight.AddDays(draws.Even((4 * day) + 1));
        var length = kind.Shortest + ((kind.Longest - kind.Shortest) * draws.Even((4 * day) + 2));
        return kind.Create(start, length, Math.Pow(draws.Even((4 * day) + 3), Rarity));
    }
}
