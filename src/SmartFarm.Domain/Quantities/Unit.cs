namespace SmartFarm.Domain.Quantities;

/// <summary>A unit of measure: <c>base = value × Scale + Offset</c>, where base is the unit of its dimension that has scale 1.</summary>
public sealed class Unit
{
    internal Unit(string symbol, string dimension, double scale, double offset, params string[] spellings)
    {
        (Symbol, Dimension, Scale, Offset, Spellings) = (symbol, dimension, scale, offset, spellings);
    }

    /// <summary>How we write it.</summary>
    public string Symbol { get; }

    /// <summary>What it measures; only units of one dimension convert into each other.</summary>
    public string Dimension { get; }

    /// <summary>Factor to the base unit of the dimension.</summary>
    public double Scale { get; }

    /// <summary>Offset to the base unit of the dimension, in base units.</summary>
    public double Offset { get; }

    /// <summary>Other spellings accepted on input, UCUM among them.</summary>
    public IReadOnlyList<string> Spellings { get; }

    /// <summary>Whether a value of this unit can be expressed in the other.</summary>
    public bool ConvertsTo(Unit other) => Dimension == other.Dimension;

    /// <summary>Expresses a value of this unit in another of the same dimension.</summary>
    /// <exception cref="ArgumentException">The dimensions differ.</exception>
    public double Convert(double value, Unit to)
    {
        if (ReferenceEquals(this, to))
        {
            return value;
        }

        if (!ConvertsTo(to))
        {
            throw new ArgumentException($"{Symbol} ({Dimension}) cannot be expressed in {to.Symbol} ({to.Dimension}).", nameof(to));
        }

        return ((value * Scale) + Offset - to.Offset) / to.Scale;
    }

    /// <summary>Expresses a difference (hysteresis, band, rate) of this unit in another of the same dimension: offsets do not apply.</summary>
    public double ConvertDifference(double value, Unit to) => ConvertsTo(to)
        ? value * Scale / to.Scale
        : throw new ArgumentException($"{Symbol} ({Dimension}) cannot be expressed in {to.Symbol} ({to.Dimension}).", nameof(to));

    /// <inheritdoc/>
    public override string ToString() => Symbol;
}
