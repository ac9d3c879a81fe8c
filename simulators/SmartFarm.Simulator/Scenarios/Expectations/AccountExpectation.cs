using System.Text.Json;

namespace SmartFarm.Simulator.Scenarios.Expectations;

/// <summary>A count in the ledger, of one account or of all.</summary>
internal sealed class AccountExpectation(string says, string? account, string field, Span count) : Expectation(says)
{
    /// <summary>The counts that there are.</summary>
    public static readonly string[] Fields = ["received", "stored", "duplicate", "quarantined", "late", "flagged", "missing"];

    /// <inheritdoc/>
    internal override async Task<string?> JudgeAsync(WorkerApi worker, CancellationToken cancellationToken)
    {
        var ledger = await worker.LedgerAsync(cancellationToken);
        var counts = account is null
            ? ledger.GetProperty("total")
            : ledger.GetProperty("accounts").EnumerateArray().FirstOrDefault(a => a.GetProperty("account").GetString() == account);
        var found = counts.ValueKind == JsonValueKind.Undefined ? 0 : counts.GetProperty(field).GetInt64();
        return count.Has(found) ? null : $"{field} of {account ?? "all"} is {found}, and {count} was expected";
    }
}

/// <summary>The ledger balances: asked at the end of every scenario.</summary>
internal sealed class BalanceExpectation() : Expectation("The ledger balances, and nothing is unexplained.")
{
    /// <inheritdoc/>
    internal override async Task<string?> JudgeAsync(WorkerApi worker, CancellationToken cancellationToken)
    {
        var ledger = await worker.LedgerAsync(cancellationToken);
        return ledger.GetProperty("balanced").GetBoolean() && ledger.GetProperty("total").GetProperty("unexplained").GetInt64() == 0
            ? null
            : $"the total is {ledger.GetProperty("total")}";
    }
}
