using System.Buffers;

namespace SmartFarm.Tests.Mqtt.Fakes;

/// <summary>Makes a sequence of many segments, as a network does.</summary>
internal sealed class Segments : ReadOnlySequenceSegment<byte>
{
    private Segments(ReadOnlyMemory<byte> memory, long index)
    {
        Memory = memory;
        RunningIndex = index;
    }

    /// <summary>The bytes, cut after so many each time; the sizes are used again from the start when they run out.</summary>
    public static ReadOnlySequence<byte> Cut(ReadOnlyMemory<byte> bytes, params IReadOnlyList<int> sizes)
    {
        var first = new Segments(default, 0);
        var last = first;
        for (var (at, i) = (0, 0); at < bytes.Length; i++)
        {
            var size = Math.Min(Math.Max(1, sizes[i % sizes.Count]), bytes.Length - at);
            var next = new Segments(bytes.Slice(at, size), at);
            last.Next = next;
            last = next;
            at += size;
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }
}
