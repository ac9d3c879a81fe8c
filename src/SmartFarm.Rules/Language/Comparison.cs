using System.Globalization;
using System.Text;
using SmartFarm.Configuration.Values;
using SmartFarm.Domain.Quantities;
using SmartFarm.Rules.Engine;

namespace SmartFarm.Rules.Language;

/// <summary>A quantity against a threshold in its canonical unit: <c>air_temperature &gt; 28 °C</c>.</summary>
internal sealed class Comparison(RuleScope scope, Quantity quantity, string comparator, double threshold, int offset) : Expression
{
    private readonly int _input = InputValue.IndexOf(scope, quantity);

    public RuleScope Scope => scope;

    public Quantity Quantity => quantity;

    public double Threshold => threshold;

    /// <summary>Whether it is true above the threshold.</summary>
    public bool IsAbove => comparator[0] == '>';

    /// <summary>Where the quantity stands in the text of the expression.</summary>
    public int Offset => offset;

    public string Name => scope == RuleScope.Site ? "site." + quantity.Name : quantity.Name;

    public override IEnumerable<Comparison> Comparisons => [this];

    public override Verdict Evaluate(ref Evaluation at)
    {
        ref readonly var input = ref at.Inputs[_input];
        if (!input.IsFresh(at.NowMs))
        {
            return default;
        }

        at.Due(input.StaleAtMs);
        var truth = Holds(input.Value) ? Truth.True : Truth.False;
        return new Verdict(truth, truth);
    }

    public override void Describe(StringBuilder text, in Evaluation at)
    {
        ref readonly var input = ref at.Inputs[_input];
        if (!input.IsKnown)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Name} never received, {Wanted}");
        }
        else if (!input.IsUsable)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Name} flagged or missing, {Wanted}");
        }
        else if (!input.IsFresh(at.NowMs))
        {
            var age = Durations.Format(TimeSpan.FromMilliseconds(at.NowMs - input.TimeMs));
            text.Append(CultureInfo.InvariantCulture, $"{Name} stale (last {Number(input.Value)} {quantity.Unit}, {age} ago), {Wanted}");
        }
        else
        {
            text.Append(CultureInfo.InvariantCulture, $"{Name} {Number(input.Value)} {quantity.Unit}{(Holds(input.Value) ? " " : ", not ")}{Wanted}");
        }
    }

    public override string ToString() => $"{Name} {comparator} {threshold.ToString("R", CultureInfo.InvariantCulture)} {quantity.Unit}";

    private string Wanted => $"{comparator} {Number(threshold)} {quantity.Unit}";

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    private bool Holds(double value) => comparator switch
    {
        ">" => value > threshold,
        ">=" => value >= threshold,
        "<" => value < threshold,
        _ => value <= threshold,
    };
}
