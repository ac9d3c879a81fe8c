namespace SmartFarm.Pipeline.Storage;

/// <summary>
/// The ledger at a moment: what is committed, and beside it what is in flight. Balanced when every account comes out even in what is
/// committed, and every reading of this process is committed or in flight.
/// </summary>
/// <param name="Total">Sum of all accounts, with what is in flight in <see cref="LedgerCounts.Received"/>.</param>
/// <param name="Accounts">The accounts, by name, in the order of their names.</param>
/// <param name="InFlight">Received and not yet committed.</param>
/// <param name="Lost">Received by this process, and neither committed nor in flight.</param>
public sealed record LedgerBooks(LedgerCounts Total, IReadOnlyList<LedgerAccount> Accounts, long InFlight, long Lost)
{
    /// <summary>Readings that no account explains, without sign: two accounts wrong by the same amount do not cancel out.</summary>
    public long Unexplained => Accounts.Sum(a => Math.Abs(a.Unexplained)) + Math.Abs(Lost);

    /// <summary>Whether everything that came in is accounted for.</summary>
    public bool IsBalanced => Unexplained == 0;

    /// <summary>Reads the books. What is committed between the two looks counts in both for a moment, never in none.</summary>
    public static async ValueTask<LedgerBooks> ReadAsync(ILedger ledger, IOpenReadings open, CancellationToken cancellationToken)
    {
        var flight = open.Open();
        var committed = await ledger.ReadAsync(cancellationToken);
        var accounts = new List<LedgerAccount>();
        foreach (var account in committed.Keys.Union(flight.ByAccount.Keys).Order(StringComparer.Ordinal))
        {
            var counts = committed.GetValueOrDefault(account);
            var inFlight = flight.ByAccount.GetValueOrDefault(account);
            var unexplained = counts.Unexplained;
            counts.Received += inFlight;
            accounts.Add(new LedgerAccount(account, counts, inFlight, unexplained));
        }

        var total = new LedgerCounts();
        accounts.ForEach(a => total.Add(a.Counts));
        return new LedgerBooks(total, accounts, accounts.Sum(a => a.InFlight), flight.Lost);
    }
}

/// <summary>One account of the ledger.</summary>
/// <param name="Name"><c>site/device</c>, <c>unclaimed</c> or <c>database</c>.</param>
/// <param name="Counts">Its counts, with what is in flight in <see cref="LedgerCounts.Received"/>.</param>
/// <param name="InFlight">Received and not yet committed.</param>
/// <param name="Unexplained">Committed as received, and not as anything else.</param>
public sealed record LedgerAccount(string Name, LedgerCounts Counts, long InFlight, long Unexplained);
