using SmartFarm.Rules.Language;

namespace SmartFarm.Rules.Kinds.Light;

/// <summary>The part of the day in which lamps may burn.</summary>
internal static class Photoperiod
{
    private const long DayMs = 86_400_000;

    /// <summary>Whether it is now, and its end in event time.</summary>
    public static (bool IsInside, long EndMs) At(DayPoint from, DayPoint to, ref Evaluation at)
    {
        var wall = at.WallMs;
        var (begin, end) = (from.On(at.Calendar, wall), to.On(at.Calendar, wall));
        var isInside = begin < end ? wall >= begin && wall < end : wall >= begin || wall < end;
        at.DueAtWall(begin);
        at.DueAtWall(end);
        at.DueAtWall(at.Calendar.NextMidnight(wall));
        if (begin >= end && wall >= begin)
        {
            end = to.On(at.Calendar, wall + DayMs);
        }

        return (isInside, at.NowMs + (end - wall));
    }

    /// <summary>From when the light of the day is counted, wall time.</summary>
    public static long DayStart(DayPoint from, DayPoint to, ref Evaluation at)
    {
        var wall = at.WallMs;
        var (begin, end) = (from.On(at.Calendar, wall), to.On(at.Calendar, wall));
        return begin < end ? at.Calendar.Midnight(wall) : wall >= begin ? begin : from.On(at.Calendar, wall - DayMs);
    }
}
