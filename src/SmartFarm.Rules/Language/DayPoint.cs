using System.Globalization;
using SmartFarm.Configuration.Values;
using SmartFarm.Rules.Engine;

namespace SmartFarm.Rules.Language;

/// <summary>What a point of the day is reckoned from.</summary>
internal enum DayBase
{
    /// <summary>Local midnight.</summary>
    Clock,

    /// <summary>Sunrise of that day.</summary>
    Sunrise,

    /// <summary>Sunset of that day.</summary>
    Sunset,
}

/// <summary>A point of the day: <c>06:00</c>, <c>sunrise</c>, <c>sunset - 2 h</c>.</summary>
/// <param name="Base">From what it is reckoned.</param>
/// <param name="Offset">How long after it; negative: before.</param>
internal readonly record struct DayPoint(DayBase Base, TimeSpan Offset)
{
    /// <summary>The instant of it on the local day of a wall time, or on the day before (−1) or after (1), Unix ms. It may lie beyond the midnight of its day.</summary>
    public long On(ZoneCalendar calendar, long wallMs, int days = 0) => Base switch
    {
        DayBase.Clock => calendar.At(wallMs, Offset, days),
        DayBase.Sunrise => calendar.Sunrise(wallMs, days) + (long)Offset.TotalMilliseconds,
        _ => calendar.Sunset(wallMs, days) + (long)Offset.TotalMilliseconds,
    };

    /// <summary>The last instant of it at or before a wall time, and the next after it, Unix ms.</summary>
    public (long Last, long Next) Around(ZoneCalendar calendar, long wallMs)
    {
        var (last, next) = (long.MinValue, long.MaxValue);
        for (var days = -1; days <= 1; days++)
        {
            var on = On(calendar, wallMs, days);
            (last, next) = on <= wallMs ? (Math.Max(last, on), next) : (last, Math.Min(next, on));
        }

        return (last, next);
    }

    /// <summary>Reads it from where the tokens stand.</summary>
    /// <exception cref="ExpressionException">It is none.</exception>
    public static DayPoint Parse(TokenReader tokens)
    {
        var word = tokens.Current;
        if (TimeSpan.TryParseExact(word.Text, ["h\\:mm", "hh\\:mm"], CultureInfo.InvariantCulture, out var clock) && clock < TimeSpan.FromDays(1))
        {
            tokens.Take();
            return new DayPoint(DayBase.Clock, clock);
        }

        if (word.Text is not ("sunrise" or "sunset"))
        {
            throw tokens.Unexpected("a time such as 06:00, sunrise + 1 h or sunset - 30 min");
        }

        tokens.Take();
        var origin = word.Text == "sunrise" ? DayBase.Sunrise : DayBase.Sunset;
        return tokens.Accept("+") ? new DayPoint(origin, tokens.Duration("After 'sunrise +'"))
            : tokens.Accept("-") ? new DayPoint(origin, -tokens.Duration("After 'sunrise -'"))
            : new DayPoint(origin, TimeSpan.Zero);
    }

    /// <inheritdoc/>
    public override string ToString() => Base == DayBase.Clock ? Offset.ToString("hh\\:mm", CultureInfo.InvariantCulture)
        : Offset == TimeSpan.Zero ? Base.ToString().ToLowerInvariant()
        : $"{Base.ToString().ToLowerInvariant()} {(Offset < TimeSpan.Zero ? "-" : "+")} {Durations.Format(Offset.Duration())}";
}
