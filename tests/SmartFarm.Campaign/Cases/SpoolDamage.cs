using SmartFarm.Campaign.Checks;
using SmartFarm.Campaign.Field;
using SmartFarm.Campaign.Servers;
using SmartFarm.Testing;
using SmartFarm.Testing.Servers;

namespace SmartFarm.Campaign.Cases;

/// <summary>
/// The files of the spool are damaged at seeded places while the worker is stopped and the database away. What may be missing afterwards is the
/// damaged records, which are counted and whose bytes are set aside; everything else arrives, without anybody's help.
/// </summary>
/// <param name="cuts">Whether the last file is cut off; otherwise single bits are flipped.</param>
internal sealed class SpoolDamage(bool cuts) : ICase
{
    private const int Messages = 20_000;
    private const int Rate = 10_000;
    private const int Flips = 3;
    private const int MostInOneCommit = 2_500;

    public string Name => cuts ? "spool-cut" : "spool-bit-flips";

    public string What => $"spool files {(cuts ? "cut off at a seeded byte" : "with bits flipped at seeded places")} while the worker is stopped; scripted broker, InfluxDB";

    public bool IsInShort => true;

    public async Task<Outcome> RunAsync(CaseRun run)
    {
        var rounds = run.IsShort ? 1 : 10;
        var all = new Outcome();
        for (var i = 0; i < rounds; i++)
        {
            await using var round = new CaseRun(Name, run.Random.Next(), run.IsShort, Directory.CreateDirectory(run.File($"round-{i}")).FullName);
            var outcome = await RunOnceAsync(round);
            run.Note(round.MaxMemoryMb);
            if (outcome.Skipped is not null)
            {
                return outcome;
            }

            all = all with
            {
                Runs = all.Runs + 1, Acknowledged = all.Acknowledged + outcome.Acknowledged, Stored = all.Stored + outcome.Stored,
                Quarantined = all.Quarantined + outcome.Quarantined, Lost = all.Lost + outcome.Lost, Wrong = all.Wrong + outcome.Wrong, Findings = [.. all.Findings, .. outcome.Findings], Note = $"{(cuts ? "cut off" : "the very rows with a flipped bit")}: {all.Acknowledged + outcome.Acknowledged - all.Stored - outcome.Stored - all.Quarantined - outcome.Quarantined} messages",
            };
        }

        return all;
    }

    private async Task<Outcome> RunOnceAsync(CaseRun run)
    {
        var influx = run.Add(new InfluxDb());
        var fleet = run.NewFleet(devices: 200);
        var broker = run.Add(new FakeBroker(fleet, run.NewAcks(fleet), Ports.Free()));
        var worker = run.NewWorker(fleet, broker.Port, influx.Url);
        await worker.StartAsync();
        broker.Allow(Messages, Rate);
        await Eventually.Is(() => Task.FromResult(broker.Acks.Count), a => a == Messages);
        if (run.Random.Next(2) == 0)
        {
            await worker.KillAsync();
        }
        else
        {
            await worker.TerminateAsync(TimeSpan.FromSeconds(20));
        }

        var folder = worker.Folder.File("data/spool");
        if (!Directory.Exists(folder))
        {
            return Outcome.Skip("this worker keeps no files of its spool in data/spool.");
        }

        var (places, left) = Damage(run, folder);
        await influx.StartAsync();
        await influx.QueryAsync("CREATE DATABASE smartfarm");
        await worker.StartAsync();
        var rows = new InfluxRows(influx);
        await Balance.DrainAsync(rows, Messages, patienceSeconds: 5);
        var (found, findings) = (new NumberSet(), new List<string>());
        var wrong = await Balance.CompareAsync(fleet, rows, new Expected { Published = Messages }, found, findings);
        var setAside = await SetAside.ReadAsync(worker, fleet);
        var missing = Enumerable.Range(0, Messages).Where(n => !found.Contains(n)).ToArray();
        var nowhere = missing.Where(n => !setAside.Contains(n)).ToArray();
        findings.AddRange(cuts ? JudgeCut(missing, left) : JudgeFlips(fleet, nowhere));
        var lost = findings.Count > 0 ? nowhere.Length : 0;
        if (lost > 0)
        {
            findings.Add($"Damaged was {places}.");
        }

        return new Outcome
        {
            Acknowledged = Messages, Stored = found.Count, Quarantined = setAside.Count, Wrong = wrong, Lost = lost, Findings = findings,
        };
    }

    /// <summary>What a cut takes away cannot be found anywhere; but only the end may be gone, and not much more than was cut off.</summary>
    private static IEnumerable<string> JudgeCut(int[] missing, double left)
    {
        if (missing.Length > 0 && missing[0] != Messages - missing.Length)
        {
            yield return $"A cut took messages {missing[0]} to {missing[^1]}, and left some between: {missing.Length} are missing.";
        }

        var most = ((1 - left) * Messages) + MostInOneCommit;
        if (missing.Length > most)
        {
            yield return $"{left:P0} of the file were left, and {missing.Length} of {Messages} messages are missing; {most:0} at most can have been in what was cut off.";
        }
    }

    /// <summary>A flipped bit destroys the one row it is in; the others of its record are set aside.</summary>
    private static IEnumerable<string> JudgeFlips(Fleet fleet, int[] nowhere) =>
        nowhere.Length > Flips ? [$"{Flips} flipped bits destroyed {nowhere.Length} messages, first of them {fleet.Describe(nowhere[0])}."] : [];

    /// <summary>Does it; says where, and what part of the last file is left.</summary>
    private (string Places, double Left) Damage(CaseRun run, string folder)
    {
        var files = Directory.GetFiles(folder).Order(StringComparer.Ordinal).ToArray();
        if (cuts)
        {
            using var last = new FileStream(files[^1], FileMode.Open, FileAccess.Write);
            var length = last.Length;
            last.SetLength(run.Random.NextInt64(length));
            return ($"'{Path.GetFileName(files[^1])}' cut from {length} to {last.Length} bytes", last.Length / (double)length);
        }

        var places = new List<string>();
        for (var i = 0; i < Flips; i++)
        {
            using var file = new FileStream(files[run.Random.Next(files.Length)], FileMode.Open, FileAccess.ReadWrite);
            var at = run.Random.NextInt64(file.Length);
            file.Position = at;
            var value = file.ReadByte();
            file.Position = at;
            file.WriteByte((byte)(value ^ (1 << run.Random.Next(8))));
            places.Add($"byte {at} of {file.Length} of '{Path.GetFileName(file.Name)}'");
        }

        return (string.Join(", ", places), 1);
    }
}
