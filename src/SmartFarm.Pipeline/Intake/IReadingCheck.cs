using SmartFarm.Domain.Quantities;
using SmartFarm.Domain.Readings;

namespace SmartFarm.Pipeline.Intake;

/// <summary>One check of a single value. Stateless and thread-safe. A flagged value is kept, shown, and not used.</summary>
public interface IReadingCheck
{
    /// <summary>Its name: the tag <c>check</c> in the database.</summary>
    string Name { get; }

    /// <summary>Judges a value in the canonical unit; NaN when the device said that it has none.</summary>
    Flag Check(Quantity quantity, double value);

    /// <summary>Says to a person what is wrong with a value that this check has flagged.</summary>
    string Explain(Quantity quantity, double value);
}

/// <summary>Outside the plausible range of the quantity: fail. The bounds pass (QARTOD gross range test).</summary>
public sealed class RangeCheck : IReadingCheck
{
    /// <inheritdoc/>
    public string Name => "range";

    /// <inheritdoc/>
    public Flag Check(Quantity quantity, double value) => value < quantity.Min || value > quantity.Max ? Flag.Fail : Flag.Good;

    /// <inheritdoc/>
    public string Explain(Quantity quantity, double value) => $"{value:0.###} {quantity.Unit} is outside {quantity.Min:0.###}..{quantity.Max:0.###} {quantity.Unit}.";
}

/// <summary>The device sent null: missing.</summary>
public sealed class MissingCheck : IReadingCheck
{
    /// <inheritdoc/>
    public string Name => "missing";

    /// <inheritdoc/>
    public Flag Check(Quantity quantity, double value) => double.IsNaN(value) ? Flag.Missing : Flag.Good;

    /// <inheritdoc/>
    public string Explain(Quantity quantity, double value) => "The device has no value: look at the sensor and its cable.";
}
