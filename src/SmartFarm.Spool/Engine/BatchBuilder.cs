using System.Buffers;
using System.Buffers.Binary;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Spool.Engine;

/// <summary>
/// One batch as the bytes that are written at once: records of rows, then the commit record. An encoder writes rows straight into it. Reused;
/// not thread-safe.
/// </summary>
internal sealed class BatchBuilder : IBufferWriter<byte>
{
    /// <summary>Bytes of rows from which a new record begins: about what a flipped bit can cost.</summary>
    public const int WorthOneRecord = 48 * 1024;

    private const int WorthOneSlice = 8 * 1024;
    private const int PerPoint = 64;
    private const int Kept = 32 << 20;
    private const int Least = 256 * 1024;
    private byte[] _bytes = new byte[Least];
    private int _length;
    private int _record;

    /// <summary>Size of the batch so far.</summary>
    public int Length => _length;

    public void Clear()
    {
        _length = 0;
        if (_bytes.Length > Kept)
        {
            // One batch full of refused messages must not hold its memory for ever.
            _bytes = new byte[Least];
        }
    }

    /// <summary>Adds points, encoded, in records that end where a row ends: the encoder is given slices that end where series or time change.</summary>
    public void AddPoints(ReadOnlySpan<Point> points, IPointEncoder encoder)
    {
        while (!points.IsEmpty)
        {
            Begin(RecordKind.Lines);
            var count = 0;
            while (!points.IsEmpty && _length - _record < WorthOneRecord)
            {
                var slice = LengthOfSlice(points);
                encoder.Encode(points[..slice], this);
                points = points[slice..];
                count += slice;
            }

            End(count);
        }
    }

    /// <summary>Adds rows that are encoded already, in one record.</summary>
    public void AddLines(ReadOnlySpan<byte> lines, int points)
    {
        Begin(RecordKind.Lines);
        lines.CopyTo(GetSpan(lines.Length));
        Advance(lines.Length);
        End(points);
    }

    /// <summary>Adds the commit record with what the batch holds besides points.</summary>
    public void AddCommit(StoreBatch batch, int points)
    {
        Begin(RecordKind.Commit);
        var length = CommitRecord.LengthOf(batch);
        CommitRecord.Write(GetSpan(length)[..length], batch);
        Advance(length);
        End(points);
    }

    /// <summary>Fills in what depends on the place and the number of the batch.</summary>
    public ReadOnlySpan<byte> Seal(long offset, long batch, long createdMs)
    {
        var bytes = _bytes.AsSpan(0, _length);
        for (var at = 0; at < bytes.Length;)
        {
            var record = bytes[at..];
            var length = BinaryPrimitives.ReadInt32LittleEndian(record[8..]);
            var payload = record.Slice(RecordHeader.Size, length);
            var points = BinaryPrimitives.ReadInt32LittleEndian(record[32..]);
            new RecordHeader((RecordKind)record[4], length, at, record.Length, batch, createdMs, points, Crc32C.Of(payload)).Write(record, offset + at);
            at += RecordHeader.Size + length;
        }

        return bytes;
    }

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(_length);
    }

    private static int LengthOfSlice(ReadOnlySpan<Point> points)
    {
        var size = 0;
        for (var i = 0; i < points.Length; i++)
        {
            if (size >= WorthOneSlice && (points[i].TimeMs != points[i - 1].TimeMs || !ReferenceEquals(points[i].Series, points[i - 1].Series)))
            {
                return i;
            }

            size += PerPoint + (points[i].Text?.Length ?? 0);
        }

        return points.Length;
    }

    private void Begin(RecordKind kind)
    {
        _record = _length;
        GetSpan(RecordHeader.Size)[4] = (byte)kind;
        _length += RecordHeader.Size;
    }

    /// <summary>Ends a record; one of rows without rows (nothing that the encoder could say) is left out.</summary>
    private void End(int points)
    {
        var header = _bytes.AsSpan(_record);
        var length = _length - _record - RecordHeader.Size;
        if (length == 0)
        {
            _length = _record;
            return;
        }

        BinaryPrimitives.WriteInt32LittleEndian(header[8..], length);
        BinaryPrimitives.WriteInt32LittleEndian(header[32..], points);
    }

    private void Reserve(int count)
    {
        count = Math.Max(count, 1);
        if (_bytes.Length - _length < count)
        {
            Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max((long)_bytes.Length * 2, (long)_length + count)));
        }
    }
}
