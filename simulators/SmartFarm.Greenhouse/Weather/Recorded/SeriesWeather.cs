namespace SmartFarm.Greenhouse.Weather.Recorded;

/// <summary>The weather of one moment of a record.</summary>
/// <param name="Time">When.</param>
/// <param name="Air">The air outside then.</param>
public readonly record struct WeatherRow(DateTimeOffset Time, Outside Air);

/// <summary>Weather as it was recorded, at any steps. Between two rows every value lies on a straight line, the wind turns the shorter way. Immutable.</summary>
public sealed class SeriesWeather : IWeather
{
    private readonly long[] _ticks;
    private readonly Outside[] _air;

    /// <param name="rows">The record, in order of time; of rows of one time the first counts.</param>
    /// <exception cref="ArgumentException">There are no two rows, or one lies before the row above it.</exception>
    public SeriesWeather(IEnumerable<WeatherRow> rows)
    {
        var list = rows.DistinctBy(row => row.Time).ToList();
        if (list.Count < 2)
        {
            throw new ArgumentException($"Recorded weather needs at least two rows of different times; there are {list.Count}.", nameof(rows));
        }

        var back = list.Zip(list.Skip(1)).FirstOrDefault(pair => pair.Second.Time < pair.First.Time);
        if (back != default)
        {
            throw new ArgumentException($"Recorded weather must be in order of time; {back.Second.Time:u} comes after {back.First.Time:u}.", nameof(rows));
        }

        _ticks = [.. list.Select(row => row.Time.UtcTicks)];
        _air = [.. list.Select(row => row.Air)];
        (First, Last) = (list[0].Time, list[^1].Time);
        LongestGap = list.Zip(list.Skip(1), (a, b) => b.Time - a.Time).Max();
    }

    /// <summary>Time of the first row.</summary>
    public DateTimeOffset First { get; }

    /// <summary>Time of the last row.</summary>
    public DateTimeOffset Last { get; }

    /// <summary>The longest time between two rows, over which a straight line had to do.</summary>
    public TimeSpan LongestGap { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The moment lies before the first or after the last row.</exception>
    public Outside At(DateTimeOffset time)
    {
        var ticks = time.UtcTicks;
        if (ticks < _ticks[0] || ticks > _ticks[^1])
        {
            throw new ArgumentOutOfRangeException(nameof(time), $"The weather is recorded from {First:u} to {Last:u}; {time:u} lies outside.");
        }

        var found = Array.BinarySearch(_ticks, ticks);
        if (found >= 0)
        {
            return _air[found];
        }

        var next = ~found;
        return Outside.Between(_air[next - 1], _air[next], (ticks - _ticks[next - 1]) / (double)(_ticks[next] - _ticks[next - 1]));
    }
}
