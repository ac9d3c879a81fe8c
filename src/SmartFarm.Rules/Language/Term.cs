using System.Globalization;
using System.Text;
using SmartFarm.Domain.Quantities;

namespace SmartFarm.Rules.Language;

/// <summary>A number with a unit that is worked out from signals, compiled. Immutable and shared by all zones. Unknown is NaN.</summary>
internal abstract class Term
{
    /// <summary>Unit of its value; null for a plain number.</summary>
    public abstract Unit? Unit { get; }

    /// <summary>Whether it is a difference: 5 K between two temperatures, not a temperature of 5 K.</summary>
    public virtual bool IsDifference => false;

    /// <summary>Its value at this moment; NaN when it is not known.</summary>
    public abstract double Evaluate(ref Evaluation at);

    /// <summary>Writes it with what it is made of as it is: "avg(air_temperature over 30 min) 24.2 °C".</summary>
    public abstract void Describe(StringBuilder text, ref Evaluation at);

    /// <summary>The terms right inside it.</summary>
    public virtual IEnumerable<Term> Inside => [];

    /// <summary>It and everything below it.</summary>
    public IEnumerable<Term> All => Inside.SelectMany(t => t.All).Prepend(this);

    /// <summary>Its one way of writing, in canonical units.</summary>
    public abstract override string ToString();

    /// <summary>A number as people read it, with its unit.</summary>
    public static string Number(double value, Unit? unit) =>
        double.IsNaN(value) ? "unknown" : $"{Math.Round(value, 3).ToString("0.###", CultureInfo.InvariantCulture)} {unit}".TrimEnd();

    /// <summary>Writes text and value of a compound term.</summary>
    protected void DescribeAsValue(StringBuilder text, ref Evaluation at) => text.Append(this).Append(' ').Append(Number(Evaluate(ref at), ShownUnit));

    /// <summary>The unit of a value that is shown: differences of temperature are in kelvin.</summary>
    public Unit? ShownUnit => IsDifference && Unit == Units.Celsius ? Units.Kelvin : Unit;
}
