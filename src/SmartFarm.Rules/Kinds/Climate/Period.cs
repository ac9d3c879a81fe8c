using SmartFarm.Rules.Language;

namespace SmartFarm.Rules.Kinds.Climate;

/// <summary>A period of the day: from when, what holds, and how the value gets there.</summary>
/// <param name="From">Where it begins; it lasts until the next one begins.</param>
/// <param name="Values">Its value, alone under an empty name, or by stage of the crop.</param>
/// <param name="RampMs">How long the way from the value before takes; 0 for none.</param>
/// <param name="PerHour">How fast the value moves instead, per hour; 0 when <paramref name="RampMs"/> counts.</param>
internal sealed record Period(DayPoint From, IReadOnlyList<(string Stage, Term Value)> Values, long RampMs, double PerHour)
{
    public IEnumerable<Term> Terms => Values.Select(v => v.Value);

    /// <summary>The value that it aims at; NaN when it or the stage is not known. Every term is looked at: windows must see each moment.</summary>
    public double Evaluate(ref Evaluation at)
    {
        var isByStage = Values[0].Stage.Length > 0;
        var stage = isByStage ? at.Calendar.CropStage(at.WallMs) : "";
        var found = double.NaN;
        foreach (var (name, term) in Values)
        {
            var value = term.Evaluate(ref at);
            found = name == stage ? value : found;
        }

        return found;
    }

    /// <summary>Where the value is some time after the beginning, coming from another one.</summary>
    public double Ramp(double before, double target, long elapsedMs)
    {
        var lengthMs = PerHour > 0 ? Math.Abs(target - before) / PerHour * 3_600_000 : RampMs;
        return double.IsNaN(before) || elapsedMs >= lengthMs ? target : before + ((target - before) * elapsedMs / lengthMs);
    }

    public override string ToString() => FormattableString.Invariant($"{From}: {string.Join(", ", Values)} ramp {RampMs} {PerHour:R}");
}
