using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using SmartFarm.Domain.Wire;
using SmartFarm.Pipeline.Quarantine;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Spool.Engine;

/// <summary>
/// The payload of a commit record: counts by account, refused messages, fingerprints, entries that leave the quarantine, running numbers. Each part begins with its number of entries, and the
/// counts with their number of fields too, so that fields added later are 0 when an older record is read.
/// </summary>
internal static class CommitRecord
{
    private const int FixedEntry = (2 * sizeof(long)) + (5 * sizeof(int));

    public static int LengthOf(StoreBatch batch)
    {
        var length = (6 * sizeof(int)) + ((batch.Fingerprints.Length + batch.Released.Count) * sizeof(ulong));
        foreach (var account in batch.Ledger.Keys)
        {
            length += sizeof(int) + Encoding.UTF8.GetByteCount(account) + Marshal.SizeOf<LedgerCounts>();
        }

        foreach (var account in batch.Sequences.Keys)
        {
            length += sizeof(int) + (3 * sizeof(long)) + Encoding.UTF8.GetByteCount(account);
        }

        foreach (var entry in batch.Quarantined)
        {
            length += FixedEntry + entry.Topic.Length + PayloadOf(entry).Length
                + Encoding.UTF8.GetByteCount(entry.Detail) + Encoding.UTF8.GetByteCount(entry.Account) + Encoding.UTF8.GetByteCount(entry.Reason.ToString());
        }

        return length;
    }

    public static void Write(Span<byte> to, StoreBatch batch)
    {
        var writer = new Writer(to);
        writer.Int(Marshal.SizeOf<LedgerCounts>() / sizeof(long));
        writer.Int(batch.Ledger.Count);
        foreach (var (account, counts) in batch.Ledger)
        {
            writer.Text(account);
            writer.Fields(counts);
        }

        writer.Int(batch.Quarantined.Count);
        foreach (var entry in batch.Quarantined)
        {
            writer.Long(entry.ReceivedMs);
            writer.Long(entry.Size);
            writer.Text(entry.Reason.ToString());
            writer.Text(entry.Detail);
            writer.Text(entry.Account);
            writer.Bytes(entry.Topic.Span);
            writer.Bytes(PayloadOf(entry));
        }

        writer.Int(batch.Fingerprints.Length);
        writer.Raw(MemoryMarshal.AsBytes(batch.Fingerprints));
        writer.Int(batch.Released.Count);
        writer.Raw(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(batch.Released)));
        writer.Int(batch.Sequences.Count);
        foreach (var (account, window) in batch.Sequences)
        {
            writer.Text(account);
            writer.Long(window.Highest);
            writer.Long(unchecked((long)window.Seen));
            writer.Long(window.TimeMs);
        }
    }

    /// <summary>Adds what the record holds to a batch. Its checksum has been checked: what does not fit is a fault of ours, and throws.</summary>
    public static void Read(ReadOnlySpan<byte> payload, bool withFingerprints, Names names, StoreBatch to)
    {
        var reader = new Reader(payload);
        var fields = reader.Int() * sizeof(long);
        for (var left = reader.Int(); left > 0; left--)
        {
            ref var counts = ref to.CountsOf(names.Get(reader.Bytes()));
            counts.Add(CountsOf(reader.Raw(fields)));
        }

        for (var left = reader.Int(); left > 0; left--)
        {
            var (receivedMs, size) = (reader.Long(), reader.Long());
            var reason = Enum.TryParse<RejectReason>(names.Get(reader.Bytes()), out var known) ? known : RejectReason.InternalError;
            var (detail, account) = (names.Get(reader.Bytes()), names.Get(reader.Bytes()));
            to.Add(new QuarantineEntry(0, receivedMs, reader.Bytes().ToArray(), reader.Bytes().ToArray(), size, reason, detail, account));
        }

        var fingerprints = MemoryMarshal.Cast<byte, ulong>(reader.Raw(reader.Int() * sizeof(ulong)));
        for (var i = 0; withFingerprints && i < fingerprints.Length; i++)
        {
            to.AddFingerprint(fingerprints[i]);
        }

        to.Released.AddRange(MemoryMarshal.Cast<byte, long>(reader.Raw(reader.Int() * sizeof(long))));
        for (var left = reader.Int(); left > 0; left--)
        {
            var account = names.Get(reader.Bytes());
            to.Sequences[account] = new SequenceWindow { Highest = reader.Long(), Seen = unchecked((ulong)reader.Long()), TimeMs = reader.Long() };
        }
    }

    private static LedgerCounts CountsOf(ReadOnlySpan<byte> fields)
    {
        Span<byte> known = stackalloc byte[Marshal.SizeOf<LedgerCounts>()];
        known.Clear();
        fields[..Math.Min(fields.Length, known.Length)].CopyTo(known);
        return MemoryMarshal.Read<LedgerCounts>(known);
    }

    private static ReadOnlySpan<byte> PayloadOf(QuarantineEntry entry) => entry.Payload.Span[..Math.Min(entry.Payload.Length, QuarantineEntry.MaxPayload)];

    private ref struct Writer(Span<byte> to)
    {
        private Span<byte> _to = to;

        public void Int(int value)
        {
            BinaryPrimitives.WriteInt32LittleEndian(_to, value);
            _to = _to[sizeof(int)..];
        }

        public void Long(long value)
        {
            BinaryPrimitives.WriteInt64LittleEndian(_to, value);
            _to = _to[sizeof(long)..];
        }

        public void Text(string text)
        {
            var length = Encoding.UTF8.GetBytes(text, _to[sizeof(int)..]);
            Int(length);
            _to = _to[length..];
        }

        public void Fields(LedgerCounts counts)
        {
            MemoryMarshal.Write(_to, counts);
            _to = _to[Marshal.SizeOf<LedgerCounts>()..];
        }

        public void Bytes(ReadOnlySpan<byte> bytes)
        {
            Int(bytes.Length);
            Raw(bytes);
        }

        public void Raw(ReadOnlySpan<byte> bytes)
        {
            bytes.CopyTo(_to);
            _to = _to[bytes.Length..];
        }
    }

    private ref struct Reader(ReadOnlySpan<byte> from)
    {
        private ReadOnlySpan<byte> _from = from;

        public int Int() => BinaryPrimitives.ReadInt32LittleEndian(Raw(sizeof(int)));

        public long Long() => BinaryPrimitives.ReadInt64LittleEndian(Raw(sizeof(long)));

        public ReadOnlySpan<byte> Bytes() => Raw(Int());

        public ReadOnlySpan<byte> Raw(int count)
        {
            var bytes = _from[..count];
            _from = _from[count..];
            return bytes;
        }
    }
}
