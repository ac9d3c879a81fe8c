using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Domain.Wire;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Sqlite;
using SmartFarm.Sqlite.Engine;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.IntegrationTests.Sqlite;

/// <summary>From every older format nothing is lost, and an upgrade that is killed in the middle has not begun.</summary>
public sealed class An_upgrade_of_a_data_folder : IDisposable
{
    private readonly TempFolder _directory = new();

    public static TheoryData<int> Formats => [.. Enumerable.Range(1, SqliteFile.NewestFormat)];

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Keeps_readings_books_quarantine_commands_and_rule_states(int format)
    {
        OlderFolder.Make(_directory.Path, format);

        await using var folder = SqliteFolder.Open(_directory.Path, new SqliteOptions(), TimeProvider.System, NullLoggerFactory.Instance);

        var history = Assert.Single(await folder.History.ReadAsync(new HistoryQuery("telemetry", "co2", new Dictionary<string, string>(), 0, long.MaxValue / 2, 0), default));
        Assert.Equal([410, 412.5], history.Points.Select(p => p.Value));
        var counts = (await folder.Ledger.ReadAsync(default))["t1/climate-1"];
        Assert.Equal((5, 2, 3, 0), (counts.Received, counts.Stored, counts.Duplicate, counts.Quarantined));
        Assert.Equal(RejectReason.UnknownDevice, Assert.Single(await folder.Quarantine.ListAsync(10, null, default)).Reason);
        Assert.Equal([1], await folder.RuleStates.LoadAsync("t1", "gh1", default));
        Assert.Single(await folder.Commands.RecentAsync(10, default));
        Assert.Equal(SqliteFile.NewestFormat, SqliteFile.FormatOf(_directory.File(SqliteFolder.FileName)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(200)]
    public async Task Killed_in_the_middle_leaves_the_older_format_whole(int killAfterMilliseconds)
    {
        OlderFolder.Make(_directory.Path, 1);
        using (var connection = OlderFolder.Connect(_directory.Path))
        {
            OlderFolder.Execute(connection, UpgradeUntilKilled.ManyRows);
        }

        var info = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(info.FileName) == "dotnet")
        {
            info.ArgumentList.Add(typeof(UpgradeUntilKilled).Assembly.Location);
        }

        info.Environment[UpgradeUntilKilled.Variable] = _directory.Path;
        using var victim = Process.Start(info)!;
        Assert.Equal("upgrading", await victim.StandardOutput.ReadLineAsync());
        var wal = _directory.File(SqliteFolder.FileName + "-wal");
        await Eventually.Is(() => Task.FromResult(new FileInfo(wal)), f => f.Exists && f.Length > killAfterMilliseconds * 10_000L);
        victim.Kill();
        await victim.WaitForExitAsync();

        // The migration of the victim never ends by itself, so this was its middle.
        Assert.Equal(1, SqliteFile.FormatOf(_directory.File(SqliteFolder.FileName)));
        Assert.Null(SqliteFile.Examine(_directory.File(SqliteFolder.FileName), default));
        using var again = OlderFolder.Connect(_directory.Path);
        using var command = again.CreateCommand();
        command.CommandText = "SELECT count(*) FROM points WHERE value = ts";
        Assert.Equal((long)UpgradeUntilKilled.Rows, command.ExecuteScalar());
        Format.Bring(again, _directory.Path, [Format.Script(1), "UPDATE points SET value = 0;"]);
        Assert.Equal(0L, command.ExecuteScalar());
    }

    public void Dispose() => _directory.Dispose();
}
