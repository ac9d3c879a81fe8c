namespace SmartFarm.Domain.Quantities;

/// <summary>A physical quantity with its canonical unit and plausible range. Compared by reference: there is one instance of each.</summary>
public sealed class Quantity
{
    internal Quantity(int index, string name, string title, Unit unit, double min, double max)
    {
        (Index, Name, Title, Unit, Min, Max) = (index, name, title, unit, min, max);
    }

    /// <summary>Position in <see cref="Quantities.All"/>; usable as an array index.</summary>
    public int Index { get; }

    /// <summary>The canonical name: key in telemetry, field in the database, word in rules.</summary>
    public string Name { get; }

    /// <summary>What a person calls it.</summary>
    public string Title { get; }

    /// <summary>The canonical unit, in which every stored value is.</summary>
    public Unit Unit { get; }

    /// <summary>The smallest plausible value, in the canonical unit; the bound itself passes.</summary>
    public double Min { get; }

    /// <summary>The largest plausible value, in the canonical unit; the bound itself passes.</summary>
    public double Max { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
