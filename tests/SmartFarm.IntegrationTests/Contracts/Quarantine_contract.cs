using System.Globalization;
using System.Text;
using SmartFarm.Domain.Wire;
using SmartFarm.Pipeline.Quarantine;
using Xunit;

namespace SmartFarm.IntegrationTests.Contracts;

/// <summary>What everything behind <see cref="IQuarantine"/> must do.</summary>
public abstract class Quarantine_contract
{
    protected abstract IQuarantine Quarantine { get; }

    /// <summary>Puts entries in, in one commit, with the limit that the suite works with: 5 entries.</summary>
    protected abstract Task AddAsync(params QuarantineEntry[] entries);

    [Fact]
    public async Task An_entry_comes_back_byte_for_byte_with_its_reason()
    {
        var entry = new QuarantineEntry(0, 1_700_000_000_123, new byte[] { 0xff, 0, (byte)'#' }, new byte[] { 0, 1, 0xc3, 0x28 }, 70_000, RejectReason.BadUtf8, "Not UTF-8: «ö».", "s/a");

        await AddAsync(entry);

        var kept = Assert.Single(await Quarantine.ListAsync(10, null, default));
        Assert.True(kept.Id > 0);
        Assert.Equal(entry.Topic.ToArray(), kept.Topic.ToArray());
        Assert.Equal(entry.Payload.ToArray(), kept.Payload.ToArray());
        Assert.Equal(entry with { Id = kept.Id, Topic = kept.Topic, Payload = kept.Payload }, kept);
    }

    [Fact]
    public async Task Nothing_is_needed_but_a_reason()
    {
        await AddAsync(new QuarantineEntry(0, 0, default, default, 0, RejectReason.BadPacket, "", QuarantineEntry.Unclaimed));

        var kept = Assert.Single(await Quarantine.ListAsync(10, null, default));
        Assert.Equal((0, 0, RejectReason.BadPacket), (kept.Topic.Length, kept.Payload.Length, kept.Reason));
    }

    [Fact]
    public async Task The_newest_come_first_of_one_reason_when_asked()
    {
        await AddAsync(Entry(1, RejectReason.BadJson), Entry(2, RejectReason.BadUnit));
        await AddAsync(Entry(3, RejectReason.BadJson));

        Assert.Equal([3, 2], Numbers(await Quarantine.ListAsync(2, null, default)));
        Assert.Equal([3, 1], Numbers(await Quarantine.ListAsync(10, RejectReason.BadJson, default)));
        Assert.Empty(await Quarantine.ListAsync(10, RejectReason.TooLarge, default));
    }

    [Fact]
    public async Task Entries_are_found_by_account_time_and_number_in_either_order()
    {
        await AddAsync(Entry(1), Entry(2) with { Account = QuarantineEntry.Unclaimed }, Entry(3), Entry(4));
        var ids = (await Quarantine.ListAsync(10, null, default)).Select(e => e.Id).Order().ToArray();

        Assert.Equal([2], Numbers(await Quarantine.ListAsync(new QuarantineFilter { Account = QuarantineEntry.Unclaimed }, 10, default)));
        Assert.Equal([4, 3], Numbers(await Quarantine.ListAsync(new QuarantineFilter { SinceMs = 3 }, 10, default)));
        Assert.Equal([2, 3], Numbers(await Quarantine.ListAsync(new QuarantineFilter { AfterId = ids[0], UpToId = ids[2], OldestFirst = true }, 10, default)));
        Assert.Equal([1], Numbers(await Quarantine.ListAsync(new QuarantineFilter { OldestFirst = true }, 1, default)));
    }

    [Fact]
    public async Task Every_reason_is_counted()
    {
        await AddAsync(Entry(1, RejectReason.BadJson), Entry(2, RejectReason.UnknownDevice), Entry(3, RejectReason.BadJson));

        var counts = await Quarantine.CountAsync(default);

        Assert.Equal(2, counts.Count);
        Assert.Equal((2L, 1L), (counts[RejectReason.BadJson], counts[RejectReason.UnknownDevice]));
    }

    [Fact]
    public async Task What_was_replayed_goes_and_only_that()
    {
        await AddAsync(Entry(1), Entry(2), Entry(3));
        var all = await Quarantine.ListAsync(10, null, default);

        await Quarantine.RemoveAsync([all[0].Id, all[2].Id, 4711], default);

        Assert.Equal([2], Numbers(await Quarantine.ListAsync(10, null, default)));
    }

    [Fact]
    public async Task At_the_limit_the_oldest_go()
    {
        await AddAsync([.. Enumerable.Range(1, 4).Select(i => Entry(i))]);
        await AddAsync([.. Enumerable.Range(5, 3).Select(i => Entry(i))]);

        Assert.Equal([7, 6, 5, 4, 3], Numbers(await Quarantine.ListAsync(10, null, default)));
    }

    protected static QuarantineEntry Entry(int number, RejectReason reason = RejectReason.BadJson)
    {
        var payload = Encoding.UTF8.GetBytes(number.ToString(CultureInfo.InvariantCulture));
        return new QuarantineEntry(0, number, "farm/s/a/telemetry"u8.ToArray(), payload, payload.Length, reason, "No JSON.", "s/a");
    }

    protected static IEnumerable<int> Numbers(IEnumerable<QuarantineEntry> entries) => entries.Select(e => int.Parse(Encoding.UTF8.GetString(e.Payload.Span), CultureInfo.InvariantCulture));
}
