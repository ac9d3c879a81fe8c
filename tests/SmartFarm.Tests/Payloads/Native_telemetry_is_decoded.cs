using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using SmartFarm.Domain.Quantities;
using SmartFarm.Domain.Wire;
using SmartFarm.Payloads.Native;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Payloads;

public sealed class Native_telemetry_is_decoded
{
    private static readonly IReadOnlyDictionary<string, JsonNode> All = Cases.Load("payloads", "native-telemetry.json");
    private readonly DecodedMessage _message = new();

    public static TheoryData<string> Names => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void As_the_case_says(string name)
    {
        var expected = All[name];

        Decode(Encoding.UTF8.GetBytes(expected["payload"]!.GetValue<string>()));

        Assert.Equal(expected["failures"]?.AsArray().Select(f => f!.GetValue<string>()) ?? [], _message.Failures.Select(f => f.Reason.ToString()));
        Assert.Equal(
            expected["readings"]?.AsArray().Select(r => (
                (string)r!["quantity"]!, (double?)r["value"] ?? double.NaN, (string?)r["unit"], (long?)r["time_ms"], (long?)r["seq"], (string?)r["position"])) ?? [],
            _message.Readings.ToArray().Select(r => (r.Quantity.Name, r.Value, r.Unit?.Symbol, r.TimeMs, r.Seq, r.Position)));
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused()
    {
        Decode([(byte)'{', (byte)'"', 0xff, (byte)'"', (byte)':', (byte)'1', (byte)'}']);

        Assert.Equal(RejectReason.BadUtf8, Assert.Single(_message.Failures).Reason);
    }

    [Fact]
    public void A_message_beyond_the_limits_takes_bounded_memory()
    {
        var bomb = "[" + string.Join(',', Enumerable.Repeat("{\"co2\":400,\"x\":1}", DecodedMessage.MaxReadings + 10)) + "]";

        Decode(Encoding.UTF8.GetBytes(bomb));

        Assert.Equal(DecodedMessage.MaxReadings, _message.Readings.Length);
        Assert.Equal(DecodedMessage.MaxFailures, _message.Failures.Count);
    }

    [Fact]
    public void A_hundred_thousand_levels_are_refused() => Refused(new string('[', 100_000), RejectReason.BadJson);

    [Fact]
    public void Whatever_comes_nothing_is_thrown_and_something_is_said() =>
        Prop.ForAll<byte[]>(bytes =>
        {
            Decode(bytes);
            return _message.Failures.Count > 0 || _message.Readings.Length > 0;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_a_device_writes_is_read_back() =>
        Prop.ForAll<NormalFloat, PositiveInt>((value, seq) =>
        {
            var output = new ArrayBufferWriter<byte>();
            var time = DateTimeOffset.FromUnixTimeMilliseconds(1795334400000 + seq.Get);
            NativeTelemetry.Write(output, time, seq.Get, "10cm", [new(Quantities.Power, value.Get)]);
            Decode(output.WrittenSpan);
            return _message.Readings[0] == new RawReading(Quantities.Power, value.Get, null, time.ToUnixTimeMilliseconds(), seq.Get, "10cm");
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_good_message_allocates_nothing()
    {
        var payload = """{"ts":"2026-11-22T08:00:00.250Z","seq":4711,"position":"10cm","air_temperature":{"v":74.1,"u":"[degF]"},"relative_humidity":61.2}"""u8.ToArray();
        var format = new NativeFormat();
        Run(format, payload);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(format, payload);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private void Run(NativeFormat format, byte[] payload)
    {
        for (var i = 0; i < 100; i++)
        {
            _message.Reset();
            format.Decode([], payload, _message);
        }
    }

    private void Refused(string payload, RejectReason reason)
    {
        Decode(Encoding.UTF8.GetBytes(payload));
        Assert.Equal(reason, Assert.Single(_message.Failures).Reason);
        Assert.Equal(0, _message.Readings.Length);
    }

    private void Decode(ReadOnlySpan<byte> payload)
    {
        _message.Reset();
        new NativeFormat().Decode([], payload, _message);
    }
}
