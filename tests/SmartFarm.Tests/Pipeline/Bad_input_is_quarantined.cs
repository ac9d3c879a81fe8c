using System.Text;
using System.Text.Json.Nodes;
using SmartFarm.Domain.Wire;
using SmartFarm.Pipeline.Quarantine;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Pipeline;

public sealed class Bad_input_is_quarantined
{
    private static readonly IReadOnlyDictionary<string, JsonNode> All = Cases.Load("pipeline", "bad-input.json");

    public static TheoryData<string> Names => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task With_raw_bytes_and_reason_acknowledged_and_the_feed_goes_on(string name)
    {
        var bad = All[name];
        var topic = Encoding.UTF8.GetBytes((string)bad["topic"]!);
        var payload = bad["payload_hex"] is { } hex ? Convert.FromHexString((string)hex!) : Encoding.UTF8.GetBytes((string)bad["payload"]!);
        var reason = Enum.Parse<RejectReason>((string)bad["reason"]!);
        var account = (string?)bad["account"] ?? "t1/climate-1";
        await using var road = await Road.OpenAsync();

        road.Send(topic, payload, (long?)bad["oversize"] ?? 0);
        road.SendClimate("""{"ts":"2026-11-22T08:00:00Z","air_temperature":21}""");
        await road.SettledAsync();

        var entry = Assert.Single(await road.Folder.Quarantine.ListAsync(10, null, default));
        Assert.Equal((reason, account), (entry.Reason, entry.Account));
        Assert.Equal(topic, entry.Topic.ToArray());
        Assert.Equal(payload, entry.Payload.ToArray());
        Assert.NotEmpty(entry.Detail);
        Assert.Equal(1, road.Metrics.Rejected(reason));
        var counts = await road.CountsAsync(account);
        Assert.Equal(1, counts.Quarantined);
        Assert.Equal(counts.Received, counts.Stored + counts.Duplicate + counts.Quarantined);
        Assert.Equal([1, 2], road.Settled);
        Assert.Equal(21, Assert.Single(Assert.Single(await road.StoredAsync(Schema.Telemetry, "air_temperature")).Points).Value);
    }

    [Fact]
    public async Task Of_a_message_that_is_partly_good_the_good_part_is_stored()
    {
        await using var road = await Road.OpenAsync();

        road.SendClimate("""{"ts":"2026-11-22T08:00:00Z","air_temperature":21,"mojo":1,"relative_humidity":"wet"}""");

        var counts = await road.CountsAsync("t1/climate-1");
        Assert.Equal(new LedgerCounts { Received = 3, Stored = 1, Quarantined = 2 }, counts);
        Assert.Equal([1], road.Settled);
    }

    [Fact]
    public async Task A_payload_is_kept_up_to_a_bound()
    {
        await using var road = await Road.OpenAsync();
        var large = new byte[QuarantineEntry.MaxPayload + 1000];
        Array.Fill(large, (byte)'[');

        road.Send("farm/t1/climate-1/telemetry"u8.ToArray(), large);
        await road.SettledAsync();

        var entry = Assert.Single(await road.Folder.Quarantine.ListAsync(10, null, default));
        Assert.Equal((QuarantineEntry.MaxPayload, large.Length), (entry.Payload.Length, entry.Size));
    }

    [Fact]
    public async Task A_fault_in_a_decoder_costs_one_message()
    {
        await using var road = await Road.OpenAsync();
        road.Intake.Refuse(new() { Topic = [], Payload = [0xff, 0x00], Receipt = default }, RejectReason.BadPacket, "The packet is cut short.");
        road.SendClimate("""{"air_temperature":21}""");
        await road.SettledAsync();

        Assert.Equal(RejectReason.BadPacket, Assert.Single(await road.Folder.Quarantine.ListAsync(10, null, default)).Reason);
    }

    [Fact]
    public async Task A_batch_with_a_wrong_clock_is_kept_once_however_many_readings_it_has()
    {
        await using var road = await Road.OpenAsync();
        var batch = "[" + string.Join(',', Enumerable.Repeat("""{"ts":1,"air_temperature":7}""", 5000)) + "]";

        road.SendClimate(batch);

        Assert.Equal(new LedgerCounts { Received = 5000, Quarantined = 5000 }, await road.CountsAsync("t1/climate-1"));
        var entry = Assert.Single(await road.Folder.Quarantine.ListAsync(10, null, default));
        Assert.EndsWith("(5000 readings of this message.)", entry.Detail);
    }

    [Fact]
    public async Task A_device_cannot_make_any_number_of_series()
    {
        await using var road = await Road.OpenAsync();

        for (var i = 0; i < 40; i++)
        {
            road.Send("farm/t1/soil/telemetry", $$"""{"ts":1795334399000,"position":"p{{i}}","soil_moisture":30}""");
        }

        Assert.Equal(new LedgerCounts { Received = 40, Stored = 32, Quarantined = 8 }, await road.CountsAsync("t1/soil"));
    }

    [Fact]
    public async Task What_the_broker_had_kept_without_a_time_is_no_reading_of_now()
    {
        await using var road = await Road.OpenAsync();

        road.Intake.Accept(new() { Topic = "farm/t1/climate-1/telemetry"u8, Payload = """{"air_temperature":45}"""u8, Retained = true, Receipt = default });
        road.SendClimate("""{"relative_humidity":60}""");

        Assert.Equal(new LedgerCounts { Received = 2, Stored = 1, Quarantined = 1 }, await road.CountsAsync("t1/climate-1"));
        Assert.Equal(RejectReason.BadTime, Assert.Single(await road.Folder.Quarantine.ListAsync(10, null, default)).Reason);
    }

    [Fact]
    public async Task Faults_beyond_those_that_are_named_are_counted()
    {
        await using var road = await Road.OpenAsync();

        road.SendClimate("{" + string.Join(',', Enumerable.Range(0, 100).Select(i => $"\"k{i}\":1")) + "}");

        Assert.Equal(new LedgerCounts { Received = 100, Quarantined = 100 }, await road.CountsAsync("t1/climate-1"));
    }
}
