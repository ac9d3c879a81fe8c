namespace SmartFarm.Influx;

/// <summary>One series of an answer.</summary>
/// <param name="Name">The measurement, or what a SHOW statement calls it; empty when the answer gives none.</param>
/// <param name="Tags">Tags it is grouped by; a tag that the series does not have is empty.</param>
/// <param name="Columns">Names of the columns.</param>
/// <param name="Rows">A value per column.</param>
public sealed record InfluxSeries(
    string Name, IReadOnlyDictionary<string, string> Tags, IReadOnlyList<string> Columns, IReadOnlyList<InfluxValue[]> Rows);

/// <summary>What a cell of an answer holds.</summary>
public enum InfluxValueKind : byte
{
    /// <summary>Nothing.</summary>
    Null,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A text.</summary>
    Text,

    /// <summary>A truth value.</summary>
    Boolean,
}

/// <summary>A cell of an answer.</summary>
/// <param name="Kind">What it holds.</param>
/// <param name="Number">The number, rounded to double; 1 for true.</param>
/// <param name="Integer">The number exactly, when it is whole and fits; otherwise 0.</param>
/// <param name="Text">The text, or null.</param>
public readonly record struct InfluxValue(InfluxValueKind Kind, double Number, long Integer, string? Text);
