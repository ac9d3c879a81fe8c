namespace SmartFarm.Pipeline.Storage;

/// <summary>Type of a field. Chosen by our code, never by what a device sends.</summary>
public enum FieldKind : byte
{
    /// <summary>Double precision; always finite.</summary>
    Float,

    /// <summary>Whole number.</summary>
    Integer,

    /// <summary>Text.</summary>
    Text,
}

/// <summary>One field of one row. Neighbours with the same series and time form one row.</summary>
public readonly struct Point
{
    private Point(Series series, string field, FieldKind kind, double number, string? text, long timeMs)
    {
        (Series, Field, Kind, Number, Text, TimeMs) = (series, field, kind, number, text, timeMs);
    }

    /// <summary>Where it belongs.</summary>
    public Series Series { get; }

    /// <summary>Name of the field.</summary>
    public string Field { get; }

    /// <summary>Type of the field.</summary>
    public FieldKind Kind { get; }

    /// <summary>The value, when it is no text.</summary>
    public double Number { get; }

    /// <summary>The value, when it is text.</summary>
    public string? Text { get; }

    /// <summary>Unix time in milliseconds.</summary>
    public long TimeMs { get; }

    /// <summary>A float.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite: no database takes it, and it would hold up its whole batch.</exception>
    public static Point Of(Series series, string field, double value, long timeMs) => double.IsFinite(value)
        ? new(series, field, FieldKind.Float, value, null, timeMs)
        : throw new ArgumentOutOfRangeException(nameof(value), value, $"The field '{field}' must be finite.");

    /// <summary>A whole number.</summary>
    public static Point OfInteger(Series series, string field, long value, long timeMs) => new(series, field, FieldKind.Integer, value, null, timeMs);

    /// <summary>A text.</summary>
    public static Point OfText(Series series, string field, string value, long timeMs) => new(series, field, FieldKind.Text, 0, value, timeMs);
}
