using SmartFarm.IntegrationTests.Sqlite;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Sqlite;
using SmartFarm.Testing;
using SmartFarm.Worker.Backup;
using SmartFarm.Worker.Settings;
using Xunit;
using Backups = SmartFarm.Worker.Backup.Backup;

namespace SmartFarm.IntegrationTests.Backup;

/// <summary>Nothing is touched before everything is verified, and never under a worker.</summary>
public sealed class A_restore : IAsyncLifetime
{
    private readonly DataFolder _data = new();
    private readonly TempFolder _temp = new();
    private readonly WallClockAt _clock = new(new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero));

    private string Archive => _temp.File("backup.tar.gz");

    private string Target => _temp.File("target");

    public async ValueTask InitializeAsync()
    {
        await StoreAsync(1);
        Directory.CreateDirectory(Path.Combine(_data.Directory, "spool"));
        File.WriteAllBytes(Path.Combine(_data.Directory, "spool", "0001.seg"), [1, 2, 3]);
        Backups.Make(_data.Directory, null, Archive, _clock);
    }

    public async ValueTask DisposeAsync()
    {
        await _data.DisposeAsync();
        _temp.Dispose();
    }

    [Fact]
    public async Task Gives_back_every_file_and_every_row()
    {
        var manifest = Restore.Run(Archive, Target, null, force: false, _clock);

        Assert.Equal(["data/smartfarm.db", "data/spool/0001.seg"], manifest.Files.Select(f => f.Path).Order(StringComparer.Ordinal));
        Assert.Equal([1, 2, 3], File.ReadAllBytes(Path.Combine(Target, "spool", "0001.seg")));
        Assert.Equal(1, await CountAsync(Target));
        Assert.Empty(Directory.GetFileSystemEntries(Target, ".*"));
    }

    [Fact]
    public async Task Is_refused_while_a_worker_has_the_folder()
    {
        var error = Assert.Throws<StoreException>(() => Restore.Run(Archive, _data.Directory, null, force: true, _clock));

        Assert.Contains("is in use by another SmartFarm", error.Message);
        Assert.Equal(1, (await _data.Open.Ledger.ReadAsync(default))["t1/a"].Stored);
    }

    [Fact]
    public async Task Over_a_folder_that_holds_something_needs_force_and_moves_it_aside()
    {
        await StoreAsync(5);
        await _data.CloseAsync();
        Assert.Contains("is not empty", Assert.Throws<SettingsException>(() => Restore.Run(Archive, _data.Directory, null, force: false, _clock)).Message);
        Assert.Equal(6, await CountAsync(_data.Directory));

        Restore.Run(Archive, _data.Directory, null, force: true, _clock);

        Assert.Equal(1, await CountAsync(_data.Directory));
        Assert.Equal(6, await CountAsync(Path.Combine(_data.Directory, "before-restore-20261122-080000")));
    }

    /// <summary>The very end of the archive is padding: without it everything can still be verified, and is.</summary>
    [Fact]
    public void An_archive_cut_anywhere_is_refused_and_nothing_is_touched()
    {
        var whole = File.ReadAllBytes(Archive);
        var random = new Random(4711);
        foreach (var length in Enumerable.Range(0, 40).Select(_ => random.Next(whole.Length - 100)).Append(0))
        {
            Assert.False(RestoresFrom(whole[..length]));
        }
    }

    [Fact]
    public void An_archive_with_a_changed_bit_is_refused_unless_the_bit_carried_nothing()
    {
        var whole = File.ReadAllBytes(Archive);
        var random = new Random(17);
        var refused = 0;
        for (var i = 0; i < 80; i++)
        {
            var changed = (byte[])whole.Clone();
            changed[random.Next(whole.Length)] ^= (byte)(1 << random.Next(8));
            refused += RestoresFrom(changed) ? 0 : 1;
        }

        Assert.InRange(refused, 70, 80);
    }

    [Fact]
    public void What_is_no_backup_is_one_sentence()
    {
        File.WriteAllText(_temp.File("letter.txt"), "Dear farm, …");

        Assert.Contains("is damaged or no backup", Assert.Throws<SettingsException>(() => Restore.Run(_temp.File("letter.txt"), Target, null, false, _clock)).Message);
        Assert.Contains("There is no file", Assert.Throws<SettingsException>(() => Restore.Run(_temp.File("nothing"), Target, null, false, _clock)).Message);
    }

    [Fact]
    public async Task Ended_in_the_middle_it_keeps_workers_out_until_it_is_run_again()
    {
        Restore.Run(Archive, Target, null, force: false, _clock);
        Directory.CreateDirectory(Path.Combine(Target, DataFolderLock.RestoreFolder));
        File.Delete(Path.Combine(Target, SqliteFolder.FileName));

        var refused = await Assert.ThrowsAsync<StoreException>(() => CountAsync(Target));
        Assert.Contains("Run 'smartfarm restore' again", refused.Message);

        Restore.Run(Archive, Target, null, force: true, _clock);
        Assert.Equal(1, await CountAsync(Target));
    }

    [Fact]
    public void A_backup_in_the_data_folder_holds_neither_itself_nor_another()
    {
        string[] archives = [Path.Combine(_data.Directory, "backups", "1.tar.gz"), Path.Combine(_data.Directory, "backups", "2.tar.gz"), Path.Combine(_data.Directory, "3.tar.gz")];

        Assert.All(archives, archive => Assert.Equal(2, Backups.Make(_data.Directory, null, archive, _clock).Files.Count));
    }

    [Fact]
    public void A_backup_does_not_write_over_another_and_needs_data()
    {
        Assert.Contains("is there already", Assert.Throws<SettingsException>(() => Backups.Make(_data.Directory, null, Archive, _clock)).Message);
        Assert.Contains("There is no data in", Assert.Throws<SettingsException>(() => Backups.Make(_temp.File("nowhere"), null, _temp.File("x"), _clock)).Message);
        Assert.Equal(["backup.tar.gz"], Directory.GetFileSystemEntries(_temp.Path).Select(Path.GetFileName));
    }

    /// <summary>Whether an archive is taken; then what it gives back is right to the byte, else nothing was touched.</summary>
    private bool RestoresFrom(byte[] archive)
    {
        File.WriteAllBytes(_temp.File("changed.tar.gz"), archive);
        try
        {
            Restore.Run(_temp.File("changed.tar.gz"), Target, null, force: false, _clock);
        }
        catch (SettingsException)
        {
            Assert.False(Directory.Exists(Target));
            return false;
        }

        Restore.Run(Archive, _temp.File("reference"), null, force: true, _clock);
        Assert.Equal(File.ReadAllBytes(_temp.File("reference/smartfarm.db")), File.ReadAllBytes(Path.Combine(Target, "smartfarm.db")));
        Directory.Delete(Target, recursive: true);
        return true;
    }

    private async Task StoreAsync(int readings)
    {
        var batch = new StoreBatch();
        batch.CountsOf("t1/a").Add(new LedgerCounts { Received = readings, Stored = readings });
        await _data.Open.EmbeddedStore.CommitAsync(batch, default);
    }

    private static async Task<long> CountAsync(string directory)
    {
        await using var folder = SqliteFolder.Open(directory, new SqliteOptions(), TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance);
        return (await folder.Ledger.ReadAsync(default))["t1/a"].Stored;
    }
}
