using System.Globalization;
using System.Text;
using SmartFarm.Configuration.Values;
using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Language;

namespace SmartFarm.Rules.Effects;

/// <summary>What must follow a command. Immutable; what it remembers of a watch is one number, the reference.</summary>
/// <param name="of">Of which commands.</param>
/// <param name="within">In which time.</param>
/// <param name="unless">Only while this holds; null: always.</param>
internal abstract class Effect(ExpectedOf of, TimeSpan within, Expression? unless)
{
    public long WithinMs { get; } = (long)within.TotalMilliseconds;

    /// <summary>The condition under which it is expected at all; null: always.</summary>
    public Expression? While => unless;

    /// <summary>Whether it is expected of a command for this target.</summary>
    public bool IsOf(double target, double smallest) => of == ExpectedOf.Any || target > smallest == (of == ExpectedOf.On);

    /// <summary>Whether it is there; unknown when what measures it is.</summary>
    /// <param name="at">The moment.</param>
    /// <param name="target">What the actuator was told.</param>
    /// <param name="reference">What was remembered since the beginning; NaN at first, and while nothing is watched.</param>
    public abstract Truth See(ref Evaluation at, double target, ref double reference);

    /// <summary>Writes what is measured now.</summary>
    public abstract void Describe(StringBuilder text, ref Evaluation at, double target, double reference);

    /// <summary>Its one way of writing.</summary>
    public sealed override string ToString() => $"{(of == ExpectedOf.Any ? "" : of == ExpectedOf.On ? "on: " : "off: ")}{Body} within {Durations.Format(within)}{(unless is null ? "" : $" while {unless}")}";

    protected abstract string Body { get; }
}

/// <summary><c>water_flow &gt; 2 L/min within 10 s</c>.</summary>
internal sealed class ConditionEffect(Expression condition, ExpectedOf of, TimeSpan within, Expression? unless) : Effect(of, within, unless)
{
    protected override string Body => condition.ToString();

    public override Truth See(ref Evaluation at, double target, ref double reference) => condition.Evaluate(ref at).Held;

    public override void Describe(StringBuilder text, ref Evaluation at, double target, double reference) => condition.Describe(text, ref at);
}

/// <summary><c>position within 3 % within 4 min</c>: the actuator is where it was told to be, by its own report.</summary>
internal sealed class PositionEffect(Term position, double tolerance, ExpectedOf of, TimeSpan within, Expression? unless) : Effect(of, within, unless)
{
    protected override string Body => $"position within {Term.Number(tolerance, position.Unit)}";

    public override Truth See(ref Evaluation at, double target, ref double reference)
    {
        var now = position.Evaluate(ref at);
        return double.IsNaN(now) ? Truth.Unknown : Math.Abs(now - target) <= tolerance ? Truth.True : Truth.False;
    }

    public override void Describe(StringBuilder text, ref Evaluation at, double target, double reference)
    {
        position.Describe(text, ref at);
        text.Append(", told ").Append(Term.Number(target, position.Unit));
    }
}

/// <summary><c>air_temperature falls by 0.5 °C within 15 min while site.air_temperature &lt; air_temperature</c>: since the controller said it did it.</summary>
internal sealed class ChangeEffect(Term term, bool isRise, double by, ExpectedOf of, TimeSpan within, Expression? unless) : Effect(of, within, unless)
{
    private Unit? Difference => term.Unit == Units.Celsius ? Units.Kelvin : term.Unit;

    protected override string Body => $"{term} {(isRise ? "rises" : "falls")} by {Term.Number(by, Difference)}";

    public override Truth See(ref Evaluation at, double target, ref double reference)
    {
        var now = term.Evaluate(ref at);
        reference = double.IsNaN(reference) ? now : reference;
        return double.IsNaN(now) ? Truth.Unknown : Changed(now, reference) >= by ? Truth.True : Truth.False;
    }

    public override void Describe(StringBuilder text, ref Evaluation at, double target, double reference)
    {
        term.Describe(text, ref at);
        var now = term.Evaluate(ref at);
        if (!double.IsNaN(now) && !double.IsNaN(reference))
        {
            text.Append(CultureInfo.InvariantCulture, $", {(isRise ? "rose" : "fell")} by {Term.Number(Changed(now, reference), Difference)}");
        }
    }

    private double Changed(double now, double reference) => isRise ? now - reference : reference - now;
}
