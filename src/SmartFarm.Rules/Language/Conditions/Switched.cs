using System.Text;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Language.Terms;

namespace SmartFarm.Rules.Language.Conditions;

/// <summary><c>heater is on</c>, <c>heater.no_effect is off</c>.</summary>
internal sealed class Switched(SignalTerm signal, bool isOn) : Expression
{
    public override IEnumerable<Term> Terms => [signal];

    private string Word => isOn ? "on" : "off";

    public override Verdict Evaluate(ref Evaluation at)
    {
        var value = signal.Evaluate(ref at);
        var truth = double.IsNaN(value) ? Truth.Unknown : value >= 0.5 == isOn ? Truth.True : Truth.False;
        return new Verdict(truth, truth);
    }

    public override void Describe(StringBuilder text, ref Evaluation at)
    {
        var value = signal.Evaluate(ref at);
        text.Append(signal).Append(double.IsNaN(value) ? " not known, is " : value >= 0.5 == isOn ? " is " : " is not ").Append(Word);
    }

    public override string ToString() => $"{signal} is {Word}";
}
