using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Configuration.Farms;
using SmartFarm.Domain.Quantities;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Rules.Engine;
using SmartFarm.Sqlite;
using SmartFarm.Testing;
using SmartFarm.Worker.Trials.Replay;
using Xunit;

namespace SmartFarm.Tests.Sqlite;

/// <summary>A replay looks into the data folder of a running worker. Red when it is locked out, sees less than the last commit, or takes values of another zone for those of this one.</summary>
public sealed class A_history_is_read_beside_the_worker
{
    [Fact]
    public async Task What_was_committed_is_seen_at_once_and_the_folder_stays_open()
    {
        using var temporary = new TempFolder();
        await using var folder = SqliteFolder.Open(temporary.Path, new SqliteOptions(), TimeProvider.System, NullLoggerFactory.Instance);
        var catalog = new SeriesCatalog();
        var zone = catalog.Get(Schema.Climate, ("site", "turkestan-1"), ("zone", "gh1"));
        var vent = catalog.Get(Schema.Actuator, ("site", "turkestan-1"), ("zone", "gh1"), ("actuator", "roof_vent"));
        await CommitAsync(folder, Point.Of(zone, "air_temperature", 21, 1000), Point.Of(catalog.Get(Schema.Climate, ("site", "turkestan-1"), ("zone", "gh2")), "air_temperature", 99, 1000));

        using var beside = new ReadOnlyHistory(temporary.Path, new SqliteOptions());
        await CommitAsync(folder, Point.Of(zone, "air_temperature", 22, 2000), Point.Of(vent, "target", 40, 1500));
        var farm = FarmLoader.Load(Repository.PathOf("farm")).Farm!;
        var recording = await HistoryRecording.ReadAsync(
            beside,
            farm.Sites[0],
            farm.Sites[0].Zones[0],
            [new Signal(SignalScope.Zone, "", "air_temperature", Units.Celsius), new Signal(SignalScope.Actuator, "roof_vent", Signal.Position, Units.Percent)],
            (0, 10_000, 0),
            new Progress<double>(),
            default);

        Assert.Equal([21, 22], recording.Series[0].Values);
        Assert.Equal([1000, 2000], recording.Series[0].TimesMs);
        Assert.Equal([40], recording.Series[1].Values);
    }

    [Fact]
    public void A_folder_in_which_nothing_was_stored_says_so()
    {
        using var temporary = new TempFolder();

        Assert.Contains("nothing was stored there yet", Assert.Throws<StoreException>(() => new ReadOnlyHistory(temporary.Path, new SqliteOptions())).Message);
    }

    private static async Task CommitAsync(SqliteFolder folder, params Point[] points)
    {
        var batch = new StoreBatch();
        foreach (var point in points)
        {
            batch.Add(point);
        }

        await folder.EmbeddedStore.CommitAsync(batch, default);
    }
}
