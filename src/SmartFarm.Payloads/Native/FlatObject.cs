using System.Buffers;
using System.Runtime.CompilerServices;
using SmartFarm.Domain.Quantities;
using SmartFarm.Domain.Wire;

namespace SmartFarm.Payloads.Native;

/// <summary>
/// Reads the telemetry that devices send nearly always: one flat object of a time, a number and plain values, in ASCII. Whatever is not exactly
/// that is left to the general reader, so that both always come to the same.
/// </summary>
internal ref struct FlatObject(ReadOnlySpan<byte> text)
{
    private static readonly SearchValues<byte> Unusual = SearchValues.Create([.. Enumerable.Range(0, 256).Select(b => (byte)b).Where(b => b is < 0x20 or > 0x7E or (byte)'\\')]);
    private readonly ReadOnlySpan<byte> _text = text;
    private int _at;

    /// <summary>Reads the object; false when it is not that simple, and then nothing was taken.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, DecodedMessage into)
    {
        var first = into.Readings.Length;
        if (new FlatObject(payload).TryRead(into))
        {
            return true;
        }

        into.Rewind(first);
        return false;
    }

    private bool TryRead(DecodedMessage into)
    {
        long? time = null, seq = null;
        var seen = UInt128.Zero;
        var first = into.Readings.Length;
        if (_text.ContainsAny(Unusual) || !Take((byte)'{'))
        {
            return false;
        }

        do
        {
            SkipSpaces();
            if (!TryName(out var name))
            {
                return false;
            }

            if (name.SequenceEqual("ts"u8))
            {
                if (time is not null || !TryTime(out time))
                {
                    return false;
                }
            }
            else if (name.SequenceEqual("seq"u8))
            {
                if (seq is not null || !TryWhole(out seq))
                {
                    return false;
                }
            }
            else
            {
                if (!Quantities.TryGet(name, out var quantity) || ((seen >> quantity.Index) & 1) == 1 || !PlainNumber.TryRead(_text, ref _at, out var value))
                {
                    return false;
                }

                seen |= UInt128.One << quantity.Index;
                into.Add(new RawReading(quantity, value, null, null, null, null));
            }

            SkipSpaces();
        }
        while (Take((byte)','));

        if (!Take((byte)'}') || _at != _text.Length || seen == 0)
        {
            return false;
        }

        into.Stamp(first, time, seq, null);
        return true;
    }

    /// <summary>A name in quotes, its colon, and the spaces around it.</summary>
    private bool TryName(out ReadOnlySpan<byte> name)
    {
        name = default;
        if (!Take((byte)'"'))
        {
            return false;
        }

        var length = _text[_at..].IndexOf((byte)'"');
        if (length < 0)
        {
            return false;
        }

        name = _text.Slice(_at, length);
        _at += length + 1;
        SkipSpaces();
        var found = Take((byte)':');
        SkipSpaces();
        return found;
    }

    private bool TryTime(out long? timeMs)
    {
        if (!Take((byte)'"'))
        {
            return TryWhole(out timeMs) && timeMs <= NativeTime.MaxMs;
        }

        timeMs = null;
        var length = _text[_at..].IndexOf((byte)'"');
        if (length < 0 || !PlainTime.TryRead(_text.Slice(_at, length), out var found))
        {
            return false;
        }

        _at += length + 1;
        timeMs = found;
        return true;
    }

    private bool TryWhole(out long? number)
    {
        number = PlainNumber.TryReadWhole(_text, ref _at, out var found) ? found : null;
        return number is not null;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Take(byte expected)
    {
        if (_at >= _text.Length || _text[_at] != expected)
        {
            return false;
        }

        _at++;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SkipSpaces()
    {
        while (_at < _text.Length && _text[_at] == ' ')
        {
            _at++;
        }
    }
}
