using System.Text;
using SmartFarm.Rules.Engine;

namespace SmartFarm.Rules.Language.Conditions;

/// <summary><c>day</c> and <c>night</c>: whether the sun is up, by the almanac.</summary>
internal sealed class Daylight(bool isDay) : Expression
{
    public override Verdict Evaluate(ref Evaluation at)
    {
        var (isUp, changesAt) = at.Calendar.Day(at.WallMs);
        at.DueAtWall(changesAt);
        var truth = isUp == isDay ? Truth.True : Truth.False;
        return new Verdict(truth, truth);
    }

    public override void Describe(StringBuilder text, ref Evaluation at) =>
        text.Append(at.Calendar.Day(at.WallMs).IsUp == isDay ? "" : "not ").Append(this);

    public override string ToString() => isDay ? "day" : "night";
}

/// <summary><c>time between 06:00 and sunset - 2 h</c>: from the first, inclusive, to the second, exclusive; over midnight when the second comes first.</summary>
internal sealed class TimeBetween(DayPoint from, DayPoint to) : Expression
{
    public override Verdict Evaluate(ref Evaluation at)
    {
        var truth = IsWithin(ref at) ? Truth.True : Truth.False;
        return new Verdict(truth, truth);
    }

    public override void Describe(StringBuilder text, ref Evaluation at) => text.Append(IsWithin(ref at) ? "" : "not ").Append(this);

    public override string ToString() => $"time between {from} and {to}";

    private bool IsWithin(ref Evaluation at)
    {
        var wallMs = at.WallMs;
        var (began, begins) = from.Around(at.Calendar, wallMs);
        var (ended, ends) = to.Around(at.Calendar, wallMs);
        at.DueAtWall(at.Calendar.NextMidnight(wallMs));
        at.DueAtWall(begins);
        at.DueAtWall(ends);
        return began > ended;
    }
}

/// <summary><c>crop.stage is fruiting</c>; unknown while nobody said when it was planted.</summary>
internal sealed class StageIs(string stage) : Expression
{
    public override Verdict Evaluate(ref Evaluation at)
    {
        at.DueAtWall(at.Calendar.NextMidnight(at.WallMs));
        var truth = at.Calendar.CropStage(at.WallMs) is not { } now ? Truth.Unknown : now == stage ? Truth.True : Truth.False;
        return new Verdict(truth, truth);
    }

    public override void Describe(StringBuilder text, ref Evaluation at) =>
        text.Append("crop.stage is ").Append(at.Calendar.CropStage(at.WallMs) ?? "not known").Append(Evaluate(ref at).Now == Truth.True ? "" : ", not " + stage);

    public override string ToString() => $"crop.stage is {stage}";
}
