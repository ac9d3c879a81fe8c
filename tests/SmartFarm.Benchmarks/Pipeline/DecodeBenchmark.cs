using BenchmarkDotNet.Attributes;
using SmartFarm.Domain.Wire;
using SmartFarm.Payloads.Native;

namespace SmartFarm.Benchmarks.Pipeline;

/// <summary>One native telemetry message of two readings, decoded.</summary>
[MemoryDiagnoser]
public class DecodeBenchmark
{
    private readonly byte[] _payload = """{"ts":"2026-11-22T08:00:00.250Z","seq":4711,"air_temperature":23.4,"relative_humidity":61.2}"""u8.ToArray();
    private readonly NativeFormat _format = new();
    private readonly DecodedMessage _message = new();

    [Benchmark]
    public int Decode()
    {
        _message.Reset();
        _format.Decode([], _payload, _message);
        return _message.Readings.Length;
    }
}
