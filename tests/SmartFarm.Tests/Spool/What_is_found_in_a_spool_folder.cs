using System.Buffers.Binary;
using SmartFarm.Pipeline.Quarantine;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Spool;
using SmartFarm.Spool.Engine;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Spool;

public sealed class What_is_found_in_a_spool_folder : IDisposable
{
    private readonly TempFolder _temp = new();
    private readonly SpoolLog _log = new();
    private readonly TestSpool _spool;

    public What_is_found_in_a_spool_folder()
    {
        _spool = new TestSpool(_temp.Path, new SpoolOptions { SegmentBytes = 100 }, loggers: _log);
        for (var number = 1; number <= 3; number++)
        {
            _spool.Commit(number, 1);
        }

        _spool.Folder.Dispose();
    }

    [Fact]
    public void A_newer_format_is_refused_with_what_to_do()
    {
        var (path, bytes) = Read(0);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), 7);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(60), Crc32C.Of(bytes.AsSpan(0, 60)));
        File.WriteAllBytes(path, bytes);

        var fault = Assert.Throws<StoreException>(_spool.Open);

        Assert.Equal($"'{path}' has format 7, written by a newer SmartFarm; this one knows up to 1. Run the newer version, or another data folder.", fault.Message);
    }

    [Fact]
    public void A_segment_under_a_wrong_name_gets_its_own_back()
    {
        var (path, _) = Read(1);
        File.Move(path, path.Replace("002", "702"));

        _spool.Open();

        Assert.Equal([100, 200, 300], _spool.Drain());
        Assert.Single(_log.With("is segment 2 of the spool under a wrong name"));
    }

    [Fact]
    public void A_missing_segment_is_told_and_the_rest_goes_on()
    {
        File.Delete(Read(1).Path);

        _spool.Open();

        Assert.Equal([100, 300], _spool.Drain());
        Assert.Single(_log.With("0000000000000002.journal' is missing"));
    }

    [Fact]
    public void A_foreign_file_is_left_alone()
    {
        File.WriteAllText(Path.Combine(_temp.Path, "spool", "notes.txt"), "mine");

        _spool.Open();

        Assert.Equal([100, 200, 300], _spool.Drain());
        Assert.Single(_log.With("notes.txt' is no segment of the spool"));
        Assert.True(File.Exists(Path.Combine(_temp.Path, "spool", "notes.txt")));
    }

    [Fact]
    public void A_file_of_anything_under_the_name_of_a_segment_stops_nothing()
    {
        File.WriteAllBytes(Path.Combine(_temp.Path, "spool", Segment.NameOf(9)), [.. Enumerable.Range(0, 5000).Select(i => (byte)(i * 7))]);
        File.WriteAllBytes(Path.Combine(_temp.Path, "spool", Segment.NameOf(8)), []);

        _spool.Open();
        _spool.Commit(4, 1);

        Assert.Equal([100, 200, 300, 400], _spool.Drain());
        Assert.Equal(1, _spool.Folder.Stats.Damaged);
        Assert.Single(_log.With("0000000000000008.journal' ended before anything was stored in it"));
    }

    [Fact]
    public void When_the_folder_is_gone_what_comes_next_is_kept_all_the_same()
    {
        Directory.Delete(Path.Combine(_temp.Path, "spool"), recursive: true);

        _spool.Open();
        _spool.Commit(4, 1);
        _spool.Reopen();

        Assert.Equal([400], _spool.Drain());
        Assert.Equal([1ul, 2ul, 3ul, 4ul], _spool.Books.Fingerprints);
    }

    [Fact]
    public void Bytes_inside_a_payload_are_never_taken_for_a_record()
    {
        // A refused message that holds a whole journal, in a commit record whose own header is destroyed.
        _spool.Open();
        var batch = TestSpool.Batch(4, 1);
        var inner = Read(0).Bytes;
        batch.Add(new QuarantineEntry(0, 1, default, inner, inner.Length, default, "", "s/a"));
        _spool.Commit(batch);
        _spool.Folder.Dispose();
        var (path, bytes) = Read(3);
        var commit = bytes.AsSpan().IndexOf("m|f|400|400\n"u8) + "m|f|400|400\n".Length;
        bytes[commit + 20] ^= 1;
        File.WriteAllBytes(path, bytes);

        _spool.Open();

        Assert.Equal([100, 200, 300, 400], _spool.Drain());
    }

    public void Dispose()
    {
        _spool.Dispose();
        _temp.Dispose();
    }

    private (string Path, byte[] Bytes) Read(int index) => (_spool.Files[index], File.ReadAllBytes(_spool.Files[index]));
}
