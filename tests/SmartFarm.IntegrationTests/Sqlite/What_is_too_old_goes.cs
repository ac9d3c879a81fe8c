using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.IntegrationTests.Contracts;
using SmartFarm.Pipeline.Rollup;
using SmartFarm.Pipeline.Storage;
using Xunit;

namespace SmartFarm.IntegrationTests.Sqlite;

public sealed class What_is_too_old_goes : IAsyncDisposable
{
    private const long Hour = 3_600_000;
    private static readonly RetentionOptions Keep = new() { Raw = TimeSpan.FromHours(4), Minutes = TimeSpan.FromHours(8), Quarters = TimeSpan.FromHours(16), Hours = TimeSpan.FromHours(32) };

    private readonly RolledUpFolder _db = new();
    private readonly RollupWorker _worker;
    private readonly long _start;

    public What_is_too_old_goes()
    {
        _worker = Worker();
        _start = RollupLevel.Hour.StartOf(_db.Data.Time.GetUtcNow().ToUnixTimeMilliseconds());
    }

    [Fact]
    public async Task Values_go_when_their_windows_are_made_and_the_history_still_answers()
    {
        // One value each 10 s: 0, 1, 2 ...
        await StoreAsync("a", Enumerable.Range(0, 360 * 6).Select(i => (_start + (i * 10_000L), (double)i)));
        _db.Data.Time.Advance(TimeSpan.FromHours(10));

        var expected = await AskAsync(_start, _start + (6 * Hour), 60_000);
        await _worker.PruneAsync(default);
        Assert.Equal(2160, _db.Number("SELECT count(*) FROM points"));

        await _worker.RollUpAsync(default);
        await _worker.PruneAsync(default);

        Assert.Equal(0, _db.Number("SELECT count(*) FROM points"));
        Assert.Equal(240, _db.Number("SELECT count(*) FROM rollup_1m"));
        Assert.Equal(24, _db.Number("SELECT count(*) FROM rollup_15m"));
        var answer = await AskAsync(_start, _start + (6 * Hour), 60_000);
        Assert.Equal(expected.Where(p => p.TimeMs >= _start + (2 * Hour)), answer.Where(p => p.TimeMs >= _start + (2 * Hour)));
        Assert.Equal(Enumerable.Range(0, 8).Select(q => new HistoryPoint(_start + (q * 900_000L), (q * 90) + 44.5)), answer.Where(p => p.TimeMs < _start + (2 * Hour)));
        Assert.Equal(Enumerable.Range(0, 6).Select(h => new HistoryPoint(_start + (h * Hour), (h * 360) + 179.5)), await AskAsync(_start, _start + (6 * Hour), Hour));
        Assert.Equal(2160, _worker.Pruned - 120);
    }

    [Fact]
    public async Task Everything_goes_in_the_end()
    {
        await StoreAsync("a", Enumerable.Range(0, 100).Select(i => (_start + (i * 60_000L), 1.0)));
        await _worker.RollUpAsync(default);
        _db.Data.Time.Advance(TimeSpan.FromHours(40));
        await _worker.RollUpAsync(default);
        for (var i = 0; i < 4; i++)
        {
            await _worker.PruneAsync(default);
        }

        Assert.Equal(0, _db.Number("SELECT (SELECT count(*) FROM points) + (SELECT count(*) FROM rollup_1m) + (SELECT count(*) FROM rollup_15m) + (SELECT count(*) FROM rollup_1h)"));
    }

    [Fact]
    public async Task Late_values_of_which_the_others_are_gone_are_added_to_their_windows_once()
    {
        await StoreAsync("a", [(_start, 1), (_start + 10_000, 2), (_start + 70_000, 9)]);
        _db.Data.Time.Advance(TimeSpan.FromHours(6));
        await MakeAndPruneAsync();
        Assert.Equal(0, _db.Number("SELECT count(*) FROM points"));

        await StoreAsync("a", [(_start + 20_000, 6)]);
        await MakeAndPruneAsync();
        await MakeAndPruneAsync();

        Assert.Equal(0, _db.Number("SELECT count(*) FROM points"));
        Assert.Equal(new RolledUp(3, 1, 6, 3), (await _db.WindowsAsync(RollupLevel.Minute))[("a", "co2", _start)]);
        Assert.Equal(new RolledUp(4.5, 1, 9, 4), (await _db.WindowsAsync(RollupLevel.Hour))[("a", "co2", _start)]);

        // And once more when the minutes are gone as well.
        _db.Data.Time.Advance(TimeSpan.FromHours(4));
        await MakeAndPruneAsync();
        Assert.Equal(0, _db.Number("SELECT count(*) FROM rollup_1m"));
        await StoreAsync("a", [(_start + 20_001, 12)]);
        await MakeAndPruneAsync();
        await MakeAndPruneAsync();

        Assert.Equal(new RolledUp(6, 1, 12, 5), (await _db.WindowsAsync(RollupLevel.Quarter))[("a", "co2", _start)]);
        Assert.Equal(new RolledUp(6, 1, 12, 5), (await _db.WindowsAsync(RollupLevel.Hour))[("a", "co2", _start)]);
        Assert.Equal(0, _db.Number("SELECT (SELECT count(*) FROM points) + (SELECT count(*) FROM rollup_1m)"));
    }

    [Fact]
    public async Task Commands_decisions_and_alarms_are_kept_as_long_as_hours_and_the_rest_as_long_as_values()
    {
        await _db.StoreAsync(
            Point.Of(_db.Catalog.Get(Schema.Worker, ("host", "h")), "commits", 1, _start),
            Point.OfText(_db.Catalog.Get(Schema.Quality, ("device", "a")), "detail", "x", _start),
            Point.OfText(_db.Catalog.Get(Schema.Decision, ("rule", "r")), "text", "x", _start),
            Point.Of(_db.Catalog.Get(Schema.Actuator, ("actuator", "vent")), "target", 1, _start));
        _db.Data.Time.Advance(TimeSpan.FromHours(6));
        await _worker.PruneAsync(default);
        Assert.Equal((1, 1), (_db.Number("SELECT count(*) FROM points"), _db.Number("SELECT count(*) FROM texts")));

        _db.Data.Time.Advance(TimeSpan.FromHours(32));
        await _worker.PruneAsync(default);
        Assert.Equal((0, 0), (_db.Number("SELECT count(*) FROM points"), _db.Number("SELECT count(*) FROM texts")));
    }

    [Fact]
    public async Task Room_that_became_free_is_used_again()
    {
        var size = 0L;
        for (var day = 0; day < 6; day++)
        {
            var from = _start + (day * 6 * Hour);
            await StoreAsync("a", Enumerable.Range(0, 20_000).Select(i => (from + i, (double)i)));
            _db.Data.Time.Advance(TimeSpan.FromHours(6));
            await MakeAndPruneAsync();
            var now = (await _db.Data.Open.StatsAsync(default)).FileBytes;
            Assert.True(day < 2 || now <= size * 1.1, $"{size} bytes, then {now}");
            size = now;
        }
    }

    [Fact]
    public async Task What_is_still_to_be_made_survives_a_restart()
    {
        await StoreAsync("a", [(_start, 1), (_start + 1, 3)]);
        await _db.Data.ReopenAsync();
        _db.Data.Time.Advance(TimeSpan.FromHours(1) + RollupWorker.Grace);
        using var worker = Worker();
        await worker.RollUpAsync(default);

        Assert.Equal(new RolledUp(2, 1, 3, 2), (await _db.WindowsAsync(RollupLevel.Hour))[("a", "co2", _start)]);
    }

    [Fact]
    public async Task Values_from_before_the_upgrade_are_summed_up_as_well()
    {
        await StoreAsync("a", [(_start, 1), (_start + 1, 3), (-1, 7)]);
        await _db.Data.CloseAsync();
        _db.Data.Execute("""
            DROP TABLE spool_marks;
            CREATE TABLE spool (id INTEGER PRIMARY KEY, created_ms INTEGER, points INTEGER, checksum INTEGER, body BLOB);
            CREATE TRIGGER spool_added AFTER INSERT ON spool BEGIN SELECT 1; END;
            CREATE TRIGGER spool_removed AFTER DELETE ON spool BEGIN SELECT 1; END;
            ALTER TABLE totals ADD COLUMN spool_chunks INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE totals ADD COLUMN spool_bytes INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE totals ADD COLUMN spool_damaged INTEGER NOT NULL DEFAULT 0;
            """);
        _db.Data.Execute("DROP TABLE rollup_1m; DROP TABLE rollup_15m; DROP TABLE rollup_1h; DROP TABLE rollup_dirty; DROP TABLE rollup_notes; DROP TABLE pruned; DROP TABLE rule_set_moves; DROP TABLE rule_sets; PRAGMA user_version = 2");
        await _db.Data.ReopenAsync();
        _db.Data.Time.Advance(TimeSpan.FromHours(2));
        using var worker = Worker();
        await worker.RollUpAsync(default);

        Assert.Equal(
            new() { [("a", "co2", _start)] = new(2, 1, 3, 2), [("a", "co2", -Hour)] = new(7, 7, 7, 1) }, await _db.WindowsAsync(RollupLevel.Hour));
    }

    public ValueTask DisposeAsync()
    {
        _worker.Dispose();
        return _db.DisposeAsync();
    }

    private RollupWorker Worker() => new(_db.Rollups, Keep, _db.Data.Time, NullLogger<RollupWorker>.Instance, _db.Data.Open.Retention);

    private async Task MakeAndPruneAsync()
    {
        await _worker.RollUpAsync(default);
        await _worker.PruneAsync(default);
    }

    private async Task StoreAsync(string device, IEnumerable<(long TimeMs, double Value)> values)
    {
        var series = _db.Catalog.Get(Schema.Telemetry, ("site", "s"), ("zone", "z"), ("device", device));
        await _db.StoreAsync([.. values.Select(v => Point.Of(series, "co2", v.Value, v.TimeMs))]);
    }

    private async Task<List<HistoryPoint>> AskAsync(long from, long to, long step)
    {
        var found = await _db.Data.Open.History.ReadAsync(new HistoryQuery(Schema.Telemetry, "co2", new Dictionary<string, string>(), from, to, step), default);
        return [.. found.SelectMany(series => series.Points)];
    }
}
