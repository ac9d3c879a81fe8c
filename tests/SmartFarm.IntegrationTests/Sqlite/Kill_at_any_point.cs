using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace SmartFarm.IntegrationTests.Sqlite;

public sealed class Kill_at_any_point
{
    private const int Rounds = 6;
    private readonly HashSet<int> _acknowledged = [];

    [Theory]
    [InlineData("embedded", 17)]
    [InlineData("spool", 4711)]
    public async Task Loses_no_batch_whose_commit_returned_and_leaves_no_half_batch(string mode, int seed)
    {
        var random = new Random(seed);
        await using var data = new DataFolder();
        var printed = 0;
        for (var round = 0; round < Rounds; round++)
        {
            await data.CloseAsync();
            printed = await CommitAndKillAsync(data.Directory, mode, printed + 2, random.Next(1, 400));
            await data.ReopenAsync();

            // Between two rounds one number is left out, so that the batch in flight at the kill, stored or not, is never written again.
            var batches = await BatchesAsync(data, mode);
            Assert.All(batches.Values, size => Assert.Equal(CommitUntilKilled.PointsPerBatch, size));
            Assert.Empty(_acknowledged.Except(batches.Keys));
            Assert.InRange(batches.Keys.Max(), printed, printed + 1);

            var counts = (await data.Open.Ledger.ReadAsync(default))["s/a"];
            Assert.Equal(batches.Values.Sum(), counts.Stored);
            Assert.Equal(batches.Count, counts.Quarantined);
            Assert.Equal(counts.Received, counts.Stored + counts.Quarantined);
            Assert.Equal(batches.Keys.Order(), (await data.Open.Quarantine.ListAsync(int.MaxValue, null, default)).Select(e => (int)e.ReceivedMs).Order());
            Assert.Equal(batches.Keys.Order(), (await data.Open.EmbeddedStore.RecentFingerprintsAsync(int.MaxValue, default)).Select(f => (int)f));
        }
    }

    /// <summary>Lets the victim commit, kills it after some numbers were printed, and gives the last number that it managed to print.</summary>
    private async Task<int> CommitAndKillAsync(string directory, string mode, int first, int killAfter)
    {
        var info = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(info.FileName) == "dotnet")
        {
            info.ArgumentList.Add(typeof(CommitUntilKilled).Assembly.Location);
        }

        info.Environment[CommitUntilKilled.Variable] = $"{mode}|{first}|{directory}";
        using var victim = Process.Start(info)!;
        var last = first - 1;
        while (await victim.StandardOutput.ReadLineAsync() is { } line)
        {
            last = int.Parse(line, CultureInfo.InvariantCulture);
            _acknowledged.Add(last);
            if (last == first + killAfter)
            {
                victim.Kill();
            }
        }

        await victim.WaitForExitAsync();
        Assert.True(last >= first + killAfter, $"The victim ended by itself after {last}.");
        return last;
    }

    private static async Task<Dictionary<int, int>> BatchesAsync(DataFolder data, string mode)
    {
        var rows = mode == "spool" ? await data.SpooledRowsAsync() : data.EmbeddedRows();
        return rows.Keys.GroupBy(row => int.Parse(row.Series["batch,number=".Length..], CultureInfo.InvariantCulture)).ToDictionary(g => g.Key, g => g.Count());
    }
}
