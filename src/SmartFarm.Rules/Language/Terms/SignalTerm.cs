using System.Globalization;
using System.Text;
using SmartFarm.Configuration.Values;
using SmartFarm.Domain.Quantities;
using SmartFarm.Rules.Engine;

namespace SmartFarm.Rules.Language.Terms;

/// <summary>The newest value of a signal: <c>air_temperature</c>, <c>site.wind_speed</c>, <c>roof_vent</c>, <c>heating</c>.</summary>
/// <param name="signal">Which.</param>
/// <param name="quantity">The quantity it is of, for its plausible range; null when it is of none.</param>
/// <param name="slot">Its place among the signals of the rule.</param>
/// <param name="offset">Where it stands in the text.</param>
internal sealed class SignalTerm(Signal signal, Quantity? quantity, int slot, int offset) : Term
{
    public Signal Signal => signal;

    public Quantity? Quantity => quantity;

    public int Slot => slot;

    public int Offset => offset;

    public override Unit? Unit => signal.Unit;

    public override double Evaluate(ref Evaluation at)
    {
        ref readonly var input = ref at.Input(slot);
        if (!input.IsFresh(at.NowMs))
        {
            return double.NaN;
        }

        at.Due(input.StaleAtMs);
        return input.Value;
    }

    public override void Describe(StringBuilder text, ref Evaluation at)
    {
        ref readonly var input = ref at.Input(slot);
        text.Append(signal).Append(' ');
        if (!input.IsKnown)
        {
            text.Append(signal.Scope == SignalScope.SetPoint ? "not known" : "never received");
        }
        else if (!input.IsUsable)
        {
            text.Append(signal.Scope == SignalScope.SetPoint ? "not known" : "flagged or missing");
        }
        else if (!input.IsFresh(at.NowMs))
        {
            var age = Durations.Format(TimeSpan.FromMilliseconds(at.NowMs - input.TimeMs));
            text.Append(CultureInfo.InvariantCulture, $"stale (last {Number(input.Value, Unit)}, {age} ago)");
        }
        else
        {
            text.Append(Number(input.Value, Unit));
        }
    }

    public override string ToString() => signal.ToString();
}
