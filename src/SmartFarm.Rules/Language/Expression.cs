using System.Text;

namespace SmartFarm.Rules.Language;

/// <summary>A condition, compiled. Immutable and shared by all zones; what it remembers lies in the timers and windows of the evaluation.</summary>
internal abstract class Expression
{
    /// <summary>
    /// Its truth at this moment. Every part is evaluated every time, without shortcuts: the timers inside must see each moment.
    /// </summary>
    public abstract Verdict Evaluate(ref Evaluation at);

    /// <summary>Writes it with its inputs as they are: "air_temperature 29.1 °C > 28 °C for 2 min".</summary>
    public abstract void Describe(StringBuilder text, ref Evaluation at);

    /// <summary>The conditions right inside it.</summary>
    public virtual IEnumerable<Expression> Inside => [];

    /// <summary>The terms right inside it.</summary>
    public virtual IEnumerable<Term> Terms => [];

    /// <summary>It and everything below it.</summary>
    public IEnumerable<Expression> All => Inside.SelectMany(e => e.All).Prepend(this);

    /// <summary>Every comparison in it.</summary>
    public IEnumerable<Conditions.Comparison> Comparisons => All.OfType<Conditions.Comparison>();

    /// <summary>Every term in it, those inside others included.</summary>
    public IEnumerable<Term> AllTerms => All.SelectMany(e => e.Terms).SelectMany(t => t.All);

    /// <summary>Its one way of writing, in canonical units: the same for the same meaning, whatever the spelling.</summary>
    public abstract override string ToString();
}
