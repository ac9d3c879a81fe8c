using System.Buffers;

namespace SmartFarm.Worker.Influx;

/// <summary>Rows that are sent in one body.</summary>
/// <param name="Rows">The rows, without line feeds; at least one.</param>
/// <param name="IsSuspect">Whether each holds one field only, the same, that was refused for its type before.</param>
internal readonly record struct RowGroup(ArraySegment<ReadOnlyMemory<byte>> Rows, bool IsSuspect = false)
{
    public bool IsSingle => Rows.Count == 1;

    public ReadOnlySpan<byte> First => Rows[0].Span;

    public int Bytes
    {
        get
        {
            var bytes = Rows.Count;
            foreach (var row in Rows)
            {
                bytes += row.Length;
            }

            return bytes;
        }
    }

    public RowGroup FirstHalf => this with { Rows = Rows[..(Rows.Count / 2)] };

    public RowGroup SecondHalf => this with { Rows = Rows[(Rows.Count / 2)..] };

    /// <summary>The rows, each ended by a line feed.</summary>
    public void WriteTo(ArrayBufferWriter<byte> output)
    {
        foreach (var row in Rows)
        {
            output.Write(row.Span);
            output.Write("\n"u8);
        }
    }
}
