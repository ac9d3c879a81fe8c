namespace SmartFarm.Payloads.Native;

/// <summary>
/// Says whether a text is JSON (RFC 8259), as <see cref="System.Text.Json.Utf8JsonReader"/> does but without an exception: what is no JSON must
/// cost no more than what is. Stricter in one point: an escaped half of a surrogate pair is refused wherever it stands (RFC 7493 §2.1).
/// </summary>
internal ref struct JsonGrammar(ReadOnlySpan<byte> text)
{
    private const int MostDepth = 64;
    private readonly ReadOnlySpan<byte> _text = text;
    private ulong _objects;
    private int _depth;
    private int _at;

    /// <summary>Checks a text that is valid UTF-8; <paramref name="at"/> is where it stops being JSON.</summary>
    public static bool Accepts(ReadOnlySpan<byte> text, out int at)
    {
        var grammar = new JsonGrammar(text);
        var isJson = grammar.Read();
        at = grammar._at;
        return isJson;
    }

    private bool Read()
    {
        do
        {
            if (!Value(out var isOpened))
            {
                return false;
            }

            while (!isOpened && _depth > 0)
            {
                var isObject = (_objects & 1) == 1;
                if (Take((byte)','))
                {
                    if (isObject && !Name())
                    {
                        return false;
                    }

                    break;
                }

                if (!Take(isObject ? (byte)'}' : (byte)']'))
                {
                    return false;
                }

                Close();
            }
        }
        while (_depth > 0);

        SkipSpace();
        return _at == _text.Length;
    }

    /// <summary>One scalar, or an opening bracket; an empty object or array is a value of its own.</summary>
    private bool Value(out bool isOpened)
    {
        isOpened = false;
        SkipSpace();
        if (_at == _text.Length)
        {
            return false;
        }

        switch (_text[_at])
        {
            case (byte)'{':
                _at++;
                isOpened = !Take((byte)'}');
                return Fits() && (!isOpened || (Open(isObject: true) && Name()));
            case (byte)'[':
                _at++;
                isOpened = !Take((byte)']');
                return Fits() && (!isOpened || Open(isObject: false));
            case (byte)'"':
                return Text();
            case (byte)'t':
                return Word("true"u8);
            case (byte)'f':
                return Word("false"u8);
            case (byte)'n':
                return Word("null"u8);
            default:
                return Number();
        }
    }

    private readonly bool Fits() => _depth < MostDepth;

    private bool Open(bool isObject)
    {
        _objects = (_objects << 1) | (isObject ? 1UL : 0);
        _depth++;
        return true;
    }

    private void Close()
    {
        _objects >>= 1;
        _depth--;
    }

    private bool Name()
    {
        SkipSpace();
        return _at < _text.Length && _text[_at] == '"' && Text() && Take((byte)':');
    }

    private bool Text()
    {
        var isHigh = false;
        for (_at++; _at < _text.Length; _at++)
        {
            var c = _text[_at];
            if (isHigh && c != '\\')
            {
                return false;
            }

            if (c == '"')
            {
                _at++;
                return true;
            }

            if (c < 0x20 || (c == '\\' && !Escape(ref isHigh)))
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>What follows a backslash; stops on its last character.</summary>
    private bool Escape(ref bool isHigh)
    {
        _at++;
        if (_at == _text.Length)
        {
            return false;
        }

        if (_text[_at] != 'u')
        {
            return !isHigh && "\"\\/bfnrt"u8.Contains(_text[_at]);
        }

        var unit = 0;
        for (var i = 0; i < 4; i++)
        {
            _at++;
            if (_at == _text.Length || !char.IsAsciiHexDigit((char)_text[_at]))
            {
                return false;
            }

            unit = (unit << 4) | (_text[_at] <= '9' ? _text[_at] - '0' : (_text[_at] | 0x20) - 'a' + 10);
        }

        var isLow = unit is >= 0xDC00 and <= 0xDFFF;
        if (isHigh != isLow)
        {
            return false;
        }

        isHigh = unit is >= 0xD800 and <= 0xDBFF;
        return true;
    }

    private bool Number()
    {
        if (_text[_at] == '-')
        {
            _at++;
        }

        if (_at < _text.Length && _text[_at] == '0')
        {
            _at++;
        }
        else if (!Digits())
        {
            return false;
        }

        if (_at < _text.Length && _text[_at] == '.')
        {
            _at++;
            if (!Digits())
            {
                return false;
            }
        }

        if (_at < _text.Length && (_text[_at] | 0x20) == 'e')
        {
            _at++;
            if (_at < _text.Length && _text[_at] is (byte)'+' or (byte)'-')
            {
                _at++;
            }

            return Digits();
        }

        return true;
    }

    private bool Digits()
    {
        var start = _at;
        while (_at < _text.Length && char.IsAsciiDigit((char)_text[_at]))
        {
            _at++;
        }

        return _at > start;
    }

    private bool Word(ReadOnlySpan<byte> word)
    {
        if (!_text[_at..].StartsWith(word))
        {
            return false;
        }

        _at += word.Length;
        return true;
    }

    private bool Take(byte expected)
    {
        SkipSpace();
        if (_at == _text.Length || _text[_at] != expected)
        {
            return false;
        }

        _at++;
        return true;
    }

    private void SkipSpace()
    {
        while (_at < _text.Length && _text[_at] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r')
        {
            _at++;
        }
    }
}
