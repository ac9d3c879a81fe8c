using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace SmartFarm.Influx;

/// <summary>
/// Writes rows of line protocol as UTF-8 bytes, without allocating: <c>series field=value,field=value time\n</c>.
/// A field that line protocol cannot express is not written and the caller is told; a row without fields leaves no trace.
/// Not thread-safe.
/// </summary>
/// <param name="output">Where the bytes go.</param>
/// <example><code>
/// var writer = new LineProtocolWriter(buffer);
/// writer.Begin(series);                 // from LineProtocolSeries.TryEncode
/// writer.TryFloat("air_temperature", 23.4);
/// writer.End(timeMs);
/// </code></example>
public ref struct LineProtocolWriter(IBufferWriter<byte> output)
{
    private const int MaxNumberBytes = 32;
    private ReadOnlySpan<byte> _series;
    private bool _hasFields;

    /// <summary>Begins a row.</summary>
    /// <param name="series">Measurement and tags, encoded by <see cref="LineProtocolSeries.TryEncode"/>; must stay as it is until the row ends.</param>
    /// <exception cref="InvalidOperationException">The row before has fields and was not ended.</exception>
    public void Begin(ReadOnlySpan<byte> series)
    {
        if (_hasFields)
        {
            throw new InvalidOperationException("The row before was not ended.");
        }

        _series = series;
    }

    /// <summary>Adds a float in its shortest form that reads back to the same value.</summary>
    /// <returns>False, and nothing is written, when the value is NaN or infinite or the key cannot be expressed.</returns>
    public bool TryFloat(ReadOnlySpan<char> key, double value)
    {
        if (!double.IsFinite(value) || !IsFieldKey(key))
        {
            return false;
        }

        var span = OpenField(key, MaxNumberBytes, out var used);
        if (!ShortDecimal.TryFormat(value, span[used..], out var written))
        {
            value.TryFormat(span[used..], out written, default, CultureInfo.InvariantCulture);
        }

        output.Advance(used + written);
        return true;
    }

    /// <summary>Adds a whole number.</summary>
    /// <returns>False, and nothing is written, when the key cannot be expressed.</returns>
    public bool TryInteger(ReadOnlySpan<char> key, long value)
    {
        if (!IsFieldKey(key))
        {
            return false;
        }

        var span = OpenField(key, MaxNumberBytes, out var used);
        value.TryFormat(span[used..], out var written, default, CultureInfo.InvariantCulture);
        span[used + written] = (byte)'i';
        output.Advance(used + written + 1);
        return true;
    }

    /// <summary>Adds a truth value.</summary>
    /// <returns>False, and nothing is written, when the key cannot be expressed.</returns>
    public bool TryBoolean(ReadOnlySpan<char> key, bool value)
    {
        if (!IsFieldKey(key))
        {
            return false;
        }

        var text = value ? "true"u8 : "false"u8;
        var span = OpenField(key, text.Length, out var used);
        text.CopyTo(span[used..]);
        output.Advance(used + text.Length);
        return true;
    }

    /// <summary>Adds a text of any characters; a lone surrogate becomes U+FFFD.</summary>
    /// <returns>False, and nothing is written, when the key cannot be expressed.</returns>
    public bool TryText(ReadOnlySpan<char> key, ReadOnlySpan<char> value)
    {
        if (!IsFieldKey(key))
        {
            return false;
        }

        var span = OpenField(key, 2 + (value.Length * LineProtocolText.MaxBytesPerChar), out var used);
        span[used++] = (byte)'"';
        used += LineProtocolText.Escape(value, LineProtocolText.InQuotes, span[used..]);
        span[used++] = (byte)'"';
        output.Advance(used);
        return true;
    }

    /// <summary>Ends the row.</summary>
    /// <param name="timeMs">Its time, Unix ms (to be sent with <c>precision=ms</c>).</param>
    /// <returns>False when it has no fields: nothing was written.</returns>
    public bool End(long timeMs)
    {
        if (!_hasFields)
        {
            return false;
        }

        var span = output.GetSpan(MaxNumberBytes);
        span[0] = (byte)' ';
        timeMs.TryFormat(span[1..], out var written, default, CultureInfo.InvariantCulture);
        span[1 + written] = (byte)'\n';
        output.Advance(written + 2);
        _hasFields = false;
        return true;
    }

    private static bool IsFieldKey(ReadOnlySpan<char> key) => LineProtocolText.IsSayable(key) && key is not "time";

    /// <summary>Writes everything before the value into a span with room for it; nothing is handed to the output yet.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> OpenField(ReadOnlySpan<char> key, int valueBytes, out int used)
    {
        var lead = _hasFields ? default : _series;
        var span = output.GetSpan(lead.Length + 2 + (key.Length * LineProtocolText.MaxBytesPerChar) + valueBytes);
        lead.CopyTo(span);
        used = lead.Length;
        span[used++] = _hasFields ? (byte)',' : (byte)' ';
        used += LineProtocolText.Escape(key, LineProtocolText.InName, span[used..]);
        span[used++] = (byte)'=';
        _hasFields = true;
        return span;
    }
}
