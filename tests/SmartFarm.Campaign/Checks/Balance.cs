using System.Diagnostics;
using SmartFarm.Campaign.Field;
using SmartFarm.Testing;
using SmartFarm.Testing.Servers;

namespace SmartFarm.Campaign.Checks;

/// <summary>What a case expects beside "all of it is there".</summary>
internal sealed record Expected
{
    /// <summary>Number of the first message that was never sent.</summary>
    public required long Published { get; init; }

    /// <summary>Messages that the database refuses for good: they must be in the quarantine, and not in the database.</summary>
    public Func<long, bool> IsRefused { get; init; } = _ => false;

    /// <summary>Messages whose temperature alone the database refuses: it must be in the quarantine, and the humidity in the database.</summary>
    public Func<long, bool> IsTemperatureRefused { get; init; } = _ => false;

    /// <summary>Devices whose rows are not looked at.</summary>
    public Func<string, bool> IsForeign { get; init; } = _ => false;

    /// <summary>Readings that the worker refuses on the way in, beside the fleet's messages; null: whatever it says, for faults that make some.</summary>
    public long? QuarantinedReadings { get; init; } = 0;

    /// <summary>Messages that a real broker acknowledged and lost before they reached the worker, which must count them as missing.</summary>
    public Func<long, bool> WasLostBefore { get; init; } = _ => false;

    /// <summary>Whether the books of the worker cover everything; not when two workers share the field.</summary>
    public bool HasBooks { get; init; } = true;

    /// <summary>Seconds without any progress after which what is missing is called lost.</summary>
    public int PatienceSeconds { get; init; } = 30;

    /// <summary>Resident memory that the worker must stay below, in MB.</summary>
    public double MemoryMb { get; init; } = 400;
}

/// <summary>After the faults: is everything acknowledged there, once, as published, and nothing else; and does the worker know it?</summary>
internal static class Balance
{
    private const int Samples = 3;
    private const int ReadingsPerMessage = 2;
    private const string RefusedByStore = "refused_by_store";

    public static async Task<Outcome> CheckAsync(CaseRun run, Fleet fleet, AckLog acks, IRowSource rows, WorkerProcess worker, Expected expected, long runs, string note = "")
    {
        var refused = Count(expected.Published, expected.IsRefused);
        var lostBefore = Count(expected.Published, expected.WasLostBefore);
        var want = expected.Published - refused - lostBefore;
        var count = await DrainAsync(rows, want, expected.PatienceSeconds);
        var found = new NumberSet();
        var findings = new List<string>();
        var wrong = await CompareAsync(fleet, rows, expected, found, findings);
        var lost = CountLost(fleet, acks, expected, found, findings);
        var refusedEntries = refused + Count(expected.Published, expected.IsTemperatureRefused);
        var books = await ReadBooksAsync(worker, refusedEntries);
        var health = await Eventually.GetAsync(() => Health.ReadAsync(worker), Health.IsGood, TimeSpan.FromSeconds(expected.PatienceSeconds));
        if (!Health.IsGood(health))
        {
            findings.Add($"The worker does not find itself healthy again: {health}");
        }

        CheckBalance(books, findings);
        CheckBooks(books, expected, expected.Published - lostBefore, refusedEntries, findings);
        if (count < want && lost == 0)
        {
            findings.Add($"{want - count} messages that were published (and not acknowledged) are not in the database.");
        }

        if (run.MaxMemoryMb > expected.MemoryMb)
        {
            findings.Add($"The worker grew to {run.MaxMemoryMb:0} MB; {expected.MemoryMb:0} MB are allowed.");
        }

        return new Outcome
        {
            Runs = runs, Acknowledged = acks.Count, Stored = found.Count, Quarantined = refused + books.Quarantined, Lost = lost, Wrong = wrong, Findings = findings, Note = note,
        };
    }

    private static long Count(long published, Func<long, bool> isSo)
    {
        var count = 0L;
        for (var n = 0L; n < published; n++)
        {
            count += isSo(n) ? 1 : 0;
        }

        return count;
    }

    /// <summary>Waits until all is there, or nothing more comes.</summary>
    public static async Task<long> DrainAsync(IRowSource rows, long want, int patienceSeconds)
    {
        var count = await rows.CountAsync();
        for (var quiet = Stopwatch.StartNew(); count < want && quiet.Elapsed.TotalSeconds < patienceSeconds;)
        {
            await Eventually.PassesAsync(TimeSpan.FromMilliseconds(100));
            var now = await rows.CountAsync();
            if (now > count)
            {
                count = now;
                quiet.Restart();
            }
        }

        return count;
    }

    /// <summary>Looks at every row: notes in <paramref name="found"/> which message it is; gives how many are not as published.</summary>
    public static async Task<long> CompareAsync(Fleet fleet, IRowSource rows, Expected expected, NumberSet found, List<string> findings)
    {
        var wrong = 0L;
        await foreach (var row in rows.ReadAsync())
        {
            if (expected.IsForeign(row.Device))
            {
                continue;
            }

            var fault = fleet.Find(row.Device, row.TimeMs) is not { } n || n >= expected.Published ? "nobody published a row"
                : expected.IsRefused(n) ? "a row was stored that the database had refused"
                : (row.Temperature, row.Humidity) != ValuesOf(fleet, expected, n) ? $"not as published, {fleet.Describe(n)}; stored"
                : row.HasPosition || !found.Add(n) ? "stored twice"
                : null;
            if (fault is not null && ++wrong <= Samples)
            {
                findings.Add($"{char.ToUpperInvariant(fault[0])}{fault[1..]}: {row}.");
            }
        }

        return wrong;
    }

    private static (double? Temperature, double? Humidity) ValuesOf(Fleet fleet, Expected expected, long n)
    {
        var (temperature, humidity) = fleet.ValuesOf(n);
        return (expected.IsTemperatureRefused(n) ? null : temperature, humidity);
    }

    private static long CountLost(Fleet fleet, AckLog acks, Expected expected, NumberSet found, List<string> findings)
    {
        var lost = 0L;
        for (var n = 0L; n < expected.Published; n++)
        {
            if (acks.Contains(n) && !found.Contains(n) && !expected.IsRefused(n) && !expected.WasLostBefore(n) && ++lost <= Samples)
            {
                findings.Add($"Lost: {fleet.Describe(n)}.");
            }
        }

        return lost;
    }

    /// <summary>The books as they are when nothing is on its way any more, neither in nor, refused by the database, into the quarantine.</summary>
    private static async Task<Books> ReadBooksAsync(WorkerProcess worker, long refused) =>
        await Eventually.GetAsync(() => Books.ReadAsync(worker), b => b.Balanced && b.InFlight == 0 && b.Entries(RefusedByStore) >= refused, TimeSpan.FromSeconds(10));

    private static void CheckBalance(Books books, List<string> findings)
    {
        if (!books.Balanced || books.InFlight != 0)
        {
            findings.Add($"The ledger does not balance: {books}.");
        }
    }

    private static void CheckBooks(Books books, Expected expected, long messages, long refused, List<string> findings)
    {
        if (!expected.HasBooks)
        {
            return;
        }

        if (books.Stored != messages * ReadingsPerMessage)
        {
            findings.Add($"The ledger has {books.Stored} readings stored; {messages} messages make {messages * ReadingsPerMessage}.");
        }

        if (expected.QuarantinedReadings is { } readings && books.Quarantined != readings)
        {
            findings.Add($"The ledger has {books.Quarantined} readings in quarantine; {readings} were expected.");
        }

        if (books.Entries(RefusedByStore) != refused)
        {
            findings.Add($"The quarantine has {books.Entries(RefusedByStore)} rows that the database refused; it refused {refused}.");
        }

        var missing = Count(expected.Published, expected.WasLostBefore);
        if (books.Gaps is { } gaps && gaps != missing)
        {
            findings.Add($"The worker counts {gaps} sequence numbers as missing; {missing} are.");
        }
    }
}
