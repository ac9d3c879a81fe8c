using System.Text;
using SmartFarm.Domain.Wire;
using SmartFarm.Pipeline.Quarantine;
using SmartFarm.Pipeline.Storage;
using Xunit;

namespace SmartFarm.Tests.Pipeline;

/// <summary>What is understood now is stored and leaves the quarantine; what is not stays, once; the books balance.</summary>
public sealed class Refused_messages_are_replayed
{
    private static readonly long ReceivedMs = Road.Noon.AddHours(-3).ToUnixTimeMilliseconds();

    [Fact]
    public async Task A_device_that_was_nobodys_gets_its_readings_at_the_time_they_came()
    {
        await using var road = await Road.OpenAsync();
        await RefuseAsync(road, RejectReason.UnknownDevice, """{"air_temperature":23.5,"relative_humidity":61}""", QuarantineEntry.Unclaimed);

        var report = await ReplayAsync(road);

        Assert.Equal((1, 0), (report.Replayed, report.Stay));
        var stored = Assert.Single(await road.StoredAsync("telemetry", "air_temperature"));
        Assert.Equal(new HistoryPoint(ReceivedMs, 23.5), Assert.Single(stored.Points));
        Assert.Equal(default, await road.CountsAsync(QuarantineEntry.Unclaimed));
        var counts = await road.CountsAsync("t1/climate-1");
        Assert.Equal((2, 2, 0), (counts.Received, counts.Stored, counts.Quarantined));
        Assert.Empty(await road.Folder.Quarantine.ListAsync(10, null, default));
    }

    [Fact]
    public async Task Old_readings_move_nothing_back()
    {
        await using var road = await Road.OpenAsync();
        road.SendClimate("""{"air_temperature":20}""");
        await RefuseAsync(road, RejectReason.UnknownDevice, """{"air_temperature":35}""", QuarantineEntry.Unclaimed);

        await ReplayAsync(road);

        Assert.True(road.Map.TryGetZone("t1", "gh1", out var zone));
        Assert.Equal(20, zone.PeekClimate(Road.Noon.ToUnixTimeMilliseconds()).Values.Single(v => v.Quantity.Name == "air_temperature").Value);
    }

    [Fact]
    public async Task What_is_refused_again_stays_as_it_was()
    {
        await using var road = await Road.OpenAsync();
        await RefuseAsync(road, RejectReason.BadJson, """{"air_temperature":""", "t1/climate-1");
        await RefuseAsync(road, RejectReason.UnknownDevice, """{"co2":400}""", QuarantineEntry.Unclaimed);
        await RefuseAsync(road, RejectReason.UnknownDevice, """{"air_temperature":1}""", QuarantineEntry.Unclaimed, "farm/t1/nobody/telemetry");
        await RefuseAsync(road, RejectReason.TimeInFuture, $$"""{"ts":{{ReceivedMs + 3_600_000}},"air_temperature":1}""", "t1/climate-1");
        await RefuseAsync(road, RejectReason.BadTime, """{"air_temperature":1}""", "t1/climate-1");
        await RefuseAsync(road, RejectReason.BadTopic, "yes", QuarantineEntry.Unclaimed, "farm/t1/ctrl-1/command/reply");
        var before = await road.Folder.Quarantine.ListAsync(10, null, default);

        var (first, second) = (await ReplayAsync(road), await ReplayAsync(road));

        Assert.Equal((0, 6, 0, 6), (first.Replayed, first.Stay, second.Replayed, second.Stay));
        Assert.Contains("add it to farm.yaml", first.Named[2].Why);
        Assert.Equal(before.Select(e => e.Id), (await road.Folder.Quarantine.ListAsync(10, null, default)).Select(e => e.Id));
        Assert.Empty(await road.StoredAsync("telemetry", "air_temperature"));
        await BalancedAsync(road, quarantined: 6);
    }

    /// <summary>Two of three readings had been stored at their time; they are written onto themselves and not counted again.</summary>
    [Fact]
    public async Task A_reading_that_was_refused_alone_is_counted_alone()
    {
        await using var road = await Road.OpenAsync();
        await RefuseAsync(road, RejectReason.UnknownQuantity, """{"air_temperature":23.5,"relative_humidity":61}""", "t1/climate-1");

        await ReplayAsync(road);

        var counts = await road.CountsAsync("t1/climate-1");
        Assert.Equal((1, 1, 0), (counts.Received, counts.Stored, counts.Quarantined));
    }

    [Fact]
    public async Task Several_readings_of_one_message_are_counted_as_many()
    {
        await using var road = await Road.OpenAsync();
        await RefuseAsync(road, RejectReason.UnknownQuantity, """[{"air_temperature":1},{"air_temperature":2},{"air_temperature":3}]""", "t1/climate-1", readings: 3);

        await ReplayAsync(road);

        Assert.Equal(3, (await road.CountsAsync("t1/climate-1")).Stored);
        await BalancedAsync(road, quarantined: 0);
    }

    [Fact]
    public async Task What_is_partly_understood_leaves_its_rest_under_a_new_reason()
    {
        await using var road = await Road.OpenAsync();
        await RefuseAsync(road, RejectReason.UnknownDevice, """{"air_temperature":23.5,"co2":400}""", QuarantineEntry.Unclaimed);

        await ReplayAsync(road);

        var rest = Assert.Single(await road.Folder.Quarantine.ListAsync(10, null, default));
        Assert.Equal((RejectReason.UnknownQuantity, ReceivedMs, "t1/climate-1"), (rest.Reason, rest.ReceivedMs, rest.Account));
        var counts = await road.CountsAsync("t1/climate-1");
        Assert.Equal((2, 1, 1), (counts.Received, counts.Stored, counts.Quarantined));
    }

    [Fact]
    public async Task The_same_message_twice_is_stored_once_and_a_duplicate_once()
    {
        await using var road = await Road.OpenAsync();
        var payload = $$"""{"ts":{{ReceivedMs}},"air_temperature":23.5}""";
        await RefuseAsync(road, RejectReason.UnknownDevice, payload, QuarantineEntry.Unclaimed);
        await RefuseAsync(road, RejectReason.UnknownDevice, payload, QuarantineEntry.Unclaimed);

        await ReplayAsync(road);

        var counts = await road.CountsAsync("t1/climate-1");
        Assert.Equal((2, 1, 1, 0), (counts.Received, counts.Stored, counts.Duplicate, counts.Quarantined));
    }

    [Fact]
    public async Task Only_what_is_asked_for_is_replayed_oldest_first_whatever_the_number()
    {
        await using var road = await Road.OpenAsync();
        for (var i = 0; i < 1_200; i++)
        {
            await RefuseAsync(road, RejectReason.UnknownDevice, $$"""{"ts":{{ReceivedMs + i}},"air_temperature":{{i % 30}}}""", QuarantineEntry.Unclaimed);
        }

        await RefuseAsync(road, RejectReason.BadJson, "{", "t1/climate-1");

        var report = await ReplayAsync(road, new QuarantineFilter { Reason = RejectReason.UnknownDevice });

        Assert.Equal((1_200, 0), (report.Replayed, report.Stay));
        Assert.Equal(1_200, (await road.CountsAsync("t1/climate-1")).Stored);
        await BalancedAsync(road, quarantined: 1);
    }

    [Fact]
    public async Task A_payload_of_which_only_the_beginning_was_kept_stays()
    {
        await using var road = await Road.OpenAsync();
        await RefuseAsync(road, RejectReason.TooLarge, """{"air_temperature":23.5}""", "t1/climate-1", size: 70_000);

        Assert.Contains("only the first", Assert.Single((await ReplayAsync(road)).Named).Why);
    }

    private static async Task<ReplayReport> ReplayAsync(Road road, QuarantineFilter? filter = null)
    {
        using var replayer = new Replayer(road.Folder.Quarantine, road.Intake, road.Store);
        return await replayer.RunAsync(filter ?? new QuarantineFilter(), default);
    }

    private static async Task RefuseAsync(
        Road road, RejectReason reason, string payload, string account, string topic = "farm/t1/climate-1/telemetry", int readings = 1, long? size = null)
    {
        var bytes = Encoding.UTF8.GetBytes(payload);
        var batch = new StoreBatch();
        batch.Add(new QuarantineEntry(
            0, ReceivedMs, Encoding.UTF8.GetBytes(topic), bytes, size ?? bytes.Length, reason, QuarantineEntry.DetailOf("Refused.", readings), account));
        batch.CountsOf(account).Add(new LedgerCounts { Received = readings, Quarantined = readings });
        await road.Folder.EmbeddedStore.CommitAsync(batch, default);
    }

    private static async Task BalancedAsync(Road road, long quarantined)
    {
        var accounts = await road.Folder.Ledger.ReadAsync(default);
        Assert.All(accounts.Values, c => Assert.Equal(c.Received, c.Stored + c.Duplicate + c.Quarantined));
        Assert.Equal(quarantined, accounts.Values.Sum(c => c.Quarantined));
    }
}
