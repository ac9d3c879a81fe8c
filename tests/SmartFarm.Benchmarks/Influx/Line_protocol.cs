using System.Buffers;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Worker.Influx;

namespace SmartFarm.Benchmarks.Influx;

/// <summary>Points to line protocol, per point: 5,000 points of 200 devices, one or three fields to a row.</summary>
[MemoryDiagnoser]
public class Line_protocol
{
    private const int Count = 5000;

    private readonly InfluxPointEncoder _encoder = new(NullLogger<InfluxPointEncoder>.Instance);
    private readonly ArrayBufferWriter<byte> _output = new(4 * 1024 * 1024);
    private Point[] _points = [];

    [Params(1, 3)]
    public int FieldsPerRow { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var catalog = new SeriesCatalog();
        var series = Enumerable.Range(0, 200).Select(i => catalog.Get(
            Schema.Telemetry, ("site", "turkestan-1"), ("zone", $"gh{i % 8}"), ("device", $"climate-{i}"))).ToArray();
        string[] fields = ["air_temperature", "relative_humidity", "co2"];
        var random = new Random(1);
        _points = [.. Enumerable.Range(0, Count).Select(i => Point.Of(
            series[i / FieldsPerRow % 200], fields[i % FieldsPerRow], Math.Round(random.NextDouble() * 100, 2), 1_763_812_800_000 + (i / FieldsPerRow)))];
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public int Encode()
    {
        _output.ResetWrittenCount();
        _encoder.Encode(_points, _output);
        return _output.WrittenCount;
    }
}
