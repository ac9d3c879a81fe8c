namespace SmartFarm.Simulator.Scenarios.Expectations;

/// <summary>How many messages are in the quarantine, for one reason or for any.</summary>
internal sealed class QuarantineExpectation(string says, string? reason, Span count) : Expectation(says)
{
    /// <inheritdoc/>
    internal override async Task<string?> JudgeAsync(WorkerApi worker, CancellationToken cancellationToken)
    {
        var quarantine = await worker.GetAsync("api/quarantine", cancellationToken);
        var reasons = quarantine.GetProperty("count_by_reason");
        var found = reason is null ? quarantine.GetProperty("count").GetInt64() : reasons.TryGetProperty(reason, out var some) ? some.GetInt64() : 0;
        return count.Has(found) ? null : $"there are {found} in the quarantine ({reasons}), and {count} were expected";
    }
}
