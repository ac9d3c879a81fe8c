using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Pipeline.Alarms;
using SmartFarm.Pipeline.Clocks;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Pipeline.Telemetry;
using SmartFarm.Sqlite;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Alarms;

/// <summary>Red when an alarm can go unseen, when an acknowledgement is forgotten or silences what comes later, or when the list grows without bound.</summary>
public sealed class Alarms_are_seen_by_somebody : IAsyncDisposable
{
    private static readonly AlarmKey Frost = new("t1", "gh1", "frost");
    private readonly TempFolder _temp = new(inMemory: true);
    private readonly TestTimeProvider _clock = new();
    private readonly SqliteFolder _folder;
    private readonly AlarmBook _book;

    public Alarms_are_seen_by_somebody()
    {
        _folder = SqliteFolder.Open(_temp.Path, new SqliteOptions(), _clock, NullLoggerFactory.Instance);
        _book = NewBook();
    }

    [Fact]
    public void An_alarm_that_went_before_anybody_knew_stays_to_be_seen()
    {
        _book.Raise(Frost, "critical", "air_temperature 2 °C");
        _book.Clear(Frost, "warm again");

        Assert.Equal(AlarmState.Returned, Assert.Single(_book.List()).State);
        Assert.NotNull(_book.Acknowledge(Frost.Id, "aigul", ""));

        Assert.Empty(_book.List());
    }

    [Fact]
    public void One_that_somebody_knows_of_goes_with_its_cause_and_comes_back_anew()
    {
        _book.Raise(Frost, "critical", "air_temperature 2 °C");
        _book.Acknowledge(Frost.Id, "aigul", "boiler is being lit");
        _book.Raise(Frost, "critical", "air_temperature 1 °C");
        var known = Assert.Single(_book.List());
        Assert.Equal((AlarmState.Acknowledged, "aigul", "boiler is being lit", "air_temperature 1 °C"), (known.State, known.AcknowledgedBy, known.Note, known.Text));

        _book.Clear(Frost, "warm again");
        Assert.Empty(_book.List());
        _book.Raise(Frost, "critical", "air_temperature 2 °C");

        Assert.Equal(AlarmState.Active, Assert.Single(_book.List()).State);
    }

    [Fact]
    public void What_happened_and_is_over_stays_to_be_seen()
    {
        _book.Happened(new AlarmKey("t1", "site", "clock_step"), "warning", "The clock was stepped.");

        Assert.Equal(AlarmState.Returned, Assert.Single(_book.List()).State);
        _book.Acknowledge("t1:site:clock_step", "aigul", "summer time");
        Assert.Empty(_book.List());
    }

    [Fact]
    public void What_there_is_no_alarm_of_cannot_be_acknowledged() => Assert.Null(_book.Acknowledge("t1:gh1:frost", "aigul", ""));

    [Fact]
    public async Task Who_knows_of_what_outlives_a_restart()
    {
        var keeper = new AlarmKeeper(_book, _folder.Alarms, new WorkerMetrics(), _clock, NullLogger<AlarmKeeper>.Instance);
        await keeper.StartAsync(default);
        _book.Raise(Frost, "critical", "air_temperature 2 °C");
        _book.Raise(new AlarmKey("t1", "gh1", "command_failed", "heater"), "warning", "It failed.");
        _book.Acknowledge(Frost.Id, "aigul", "");
        await keeper.StopAsync(default);

        var after = NewBook();
        await new AlarmKeeper(after, _folder.Alarms, new WorkerMetrics(), _clock, NullLogger<AlarmKeeper>.Instance).StartAsync(default);

        Assert.Equal(_book.List(), after.List());
        after.Raise(Frost, "critical", "air_temperature 2 °C");
        Assert.Equal("aigul", after.List().Single(e => e.Key == Frost).AcknowledgedBy);
    }

    [Fact]
    public void The_list_is_bounded_and_what_holds_is_dropped_last()
    {
        _book.Raise(Frost, "critical", "held from the start");
        for (var i = 0; i < AlarmBook.MostEntries + 10; i++)
        {
            var key = new AlarmKey("t1", "gh1", "flood", $"a{i}");
            _book.Raise(key, "warning", "x");
            _book.Clear(key, "x");
        }

        Assert.Equal(AlarmBook.MostEntries, _book.List().Count);
        Assert.Equal(Frost, _book.List()[0].Key);
    }

    public async ValueTask DisposeAsync()
    {
        await _folder.DisposeAsync();
        _temp.Dispose();
    }

    private AlarmBook NewBook() => new(
        new StoreRunner(_folder.EmbeddedStore, new WorkerMetrics(), _clock, NullLogger<StoreRunner>.Instance),
        new SeriesCatalog(),
        new SteadyClock(_clock),
        NullLogger<AlarmBook>.Instance);
}
