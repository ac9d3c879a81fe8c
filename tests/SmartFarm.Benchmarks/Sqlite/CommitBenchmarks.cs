using System.Buffers;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Spool;
using SmartFarm.Sqlite;
using SmartFarm.Testing;

namespace SmartFarm.Benchmarks.Sqlite;

/// <summary>
/// One commit, fsync included, with its counts and fingerprint: points of 200 series at ever new times. Building the batch is part of what is
/// measured (tens of nanoseconds a point); the lines of the spool are a fixed text, so their encoding is not.
/// </summary>
[MemoryDiagnoser]
public class CommitBenchmarks
{
    private readonly StoreBatch _batch = new();
    private readonly Series[] _series;
    private TempFolder _directory = null!;
    private SqliteFolder _folder = null!;
    private SpoolFolder _spool = null!;
    private IDurableStore _store = null!;
    private int _commits;
    private long _time = 1_800_000_000_000;

    public CommitBenchmarks()
    {
        var catalog = new SeriesCatalog();
        _series = [.. Enumerable.Range(0, 200).Select(i => catalog.Get("telemetry", ("site", "s"), ("device", $"d{i}")))];
    }

    [Params(100, 1_000, 10_000)]
    public int Points { get; set; }

    [GlobalSetup]
    public void Open()
    {
        _directory = new TempFolder();
        _folder = SqliteFolder.Open(_directory.Path, new SqliteOptions(), TimeProvider.System, NullLoggerFactory.Instance);
        _spool = SpoolFolder.Open(_directory.Path, new SpoolOptions(), _folder.SpoolBooks, TimeProvider.System, NullLoggerFactory.Instance);
        _store = _spool.CreateStore(new FixedLines());
    }

    [GlobalCleanup]
    public void Close()
    {
        _spool.Dispose();
        _folder.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _directory.Dispose();
    }

    [Benchmark]
    public async Task Embedded() => await _folder.EmbeddedStore.CommitAsync(Next(), default);

    [Benchmark]
    public async Task Spooled()
    {
        await _store.CommitAsync(Next(), default);
        _commits++;
        while (_commits % 64 == 0 && await _spool.Queue.PeekAsync(1 << 20, default) is { } chunk)
        {
            await _spool.Queue.RemoveAsync(chunk, [], default);
        }
    }

    private StoreBatch Next()
    {
        _batch.Clear();
        for (var i = 0; i < Points; i++)
        {
            var device = i % _series.Length;
            _time += device == 0 ? 1 : 0;
            _batch.Add(Point.Of(_series[device], "air_temperature", 20 + (i * 0.001), _time));
        }

        _batch.CountsOf("s/d1").Stored += Points;
        _batch.AddFingerprint((ulong)_time);
        return _batch;
    }

    /// <summary>60 bytes a point.</summary>
    private sealed class FixedLines : IPointEncoder
    {
        private static readonly byte[] Line = "telemetry,device=d100,site=s air_temperature=21.5 1800000000\n"u8.ToArray();

        public void Encode(ReadOnlySpan<Point> points, IBufferWriter<byte> output)
        {
            for (var i = 0; i < points.Length; i++)
            {
                output.Write(Line);
            }
        }
    }
}
