using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace SmartFarm.Domain.Text;

/// <summary>
/// An immutable look-up from UTF-8 bytes to a value, without allocating or transcoding: names on the wire are bytes,
/// and each message looks up several. Thread-safe.
/// </summary>
public sealed class Utf8Table<T>
{
    private readonly Entry[] _slots;
    private readonly int _mask;

    /// <summary>Builds the table. Keys must be distinct.</summary>
    /// <exception cref="ArgumentException">A key occurs twice.</exception>
    public Utf8Table(IEnumerable<KeyValuePair<string, T>> items)
    {
        var list = items.ToList();
        var size = 4;
        while (size < list.Count * 2)
        {
            size *= 2;
        }

        _slots = new Entry[size];
        _mask = size - 1;
        foreach (var (text, value) in list)
        {
            var key = Encoding.UTF8.GetBytes(text);
            var slot = (int)Fingerprint.Of(key) & _mask;
            while (_slots[slot].Key is { } taken)
            {
                if (key.AsSpan().SequenceEqual(taken))
                {
                    throw new ArgumentException($"The key '{text}' occurs twice.", nameof(items));
                }

                slot = (slot + 1) & _mask;
            }

            _slots[slot] = new Entry(key, value);
        }
    }

    /// <summary>Finds the value of a key.</summary>
    public bool TryGet(ReadOnlySpan<byte> key, [MaybeNullWhen(false)] out T value)
    {
        for (var slot = (int)Fingerprint.Of(key) & _mask; _slots[slot].Key is { } candidate; slot = (slot + 1) & _mask)
        {
            if (key.SequenceEqual(candidate))
            {
                value = _slots[slot].Value;
                return true;
            }
        }

        value = default;
        return false;
    }

    private readonly record struct Entry(byte[]? Key, T Value);
}
