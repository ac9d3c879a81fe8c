using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Pipeline.Rollup;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Sqlite;
using SmartFarm.Testing;
using SmartFarm.Worker.Influx;
using Xunit;

namespace SmartFarm.IntegrationTests.Influx;

public sealed class How_long_InfluxDB_keeps_what(InfluxFixture influx) : IClassFixture<InfluxFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, "24h0m0s", "1h0m0s")]
    [InlineData(90, "2160h0m0s", "24h0m0s")]
    [InlineData(400, "9600h0m0s", "168h0m0s")]
    public async Task The_default_policy_is_set_when_asked_for(int days, string duration, string shard)
    {
        using var client = await influx.PreparedAsync(options => options with { Retention = TimeSpan.FromDays(days) });

        var policy = Assert.Single(Assert.Single(await client.QueryAsync($"SHOW RETENTION POLICIES ON {client.Options.Database}", Stop)).Rows);

        Assert.Equal(("autogen", duration, shard), (policy[0].Text, policy[1].Text, policy[2].Text));
        Assert.Empty((await new InfluxSetup(client).PrepareAsync(Stop)).Findings);
    }

    [Fact]
    public async Task Without_being_asked_nothing_is_changed()
    {
        using var client = await influx.PreparedAsync();

        var policy = Assert.Single(Assert.Single(await client.QueryAsync($"SHOW RETENTION POLICIES ON {client.Options.Database}", Stop)).Rows);

        Assert.Equal("0s", policy[1].Text);
    }

    [Fact]
    public async Task Means_in_a_database_of_their_own_outlive_their_values_and_are_not_undone_by_what_is_missing()
    {
        using var values = await influx.PreparedAsync();
        using var means = RollupDatabase.Of(values, values.Options.Database + "_means");
        Assert.True((await new InfluxSetup(means.Client).PrepareAsync(Stop)).IsReady);
        using var directory = new TempFolder();
        await using var folder = SqliteFolder.Open(directory.Path, new SqliteOptions(), TimeProvider.System, NullLoggerFactory.Instance);
        var sink = new NotingSink(new InfluxPointSink(values), folder.RollupNotes);
        using var worker = new RollupWorker(
            new InfluxRollups(
                values, new InfluxPointSink(means.Client), folder.RollupNotes, NullLogger<InfluxRollups>.Instance, NullLogger<InfluxPointEncoder>.Instance),
            new RetentionOptions(), TimeProvider.System, NullLogger<RollupWorker>.Instance);
        var row = "telemetry,device=a,site=s,zone=z co2=1,ph=7 1763812800000\n"u8.ToArray();
        Assert.Same(WriteResult.AllStored, await sink.WriteAsync(row, Stop));
        await worker.RollUpAsync(Stop);

        await values.QueryAsync("DROP MEASUREMENT telemetry", Stop);
        await folder.RollupNotes.NoteAsync([new RollupNote("telemetry,device=a,site=s,zone=z", 1_763_812_800_000)], Stop);
        await worker.RollUpAsync(Stop);

        var windows = Assert.Single(await means.Client.QueryAsync("SELECT co2, co2_count, ph_max FROM telemetry_1h WHERE device = 'a'", Stop));
        Assert.Equal([(1_763_812_800_000, 1, 1, 7)], windows.Rows.Select(r => (r[0].Integer, r[1].Number, r[2].Number, r[3].Number)));
    }
}
