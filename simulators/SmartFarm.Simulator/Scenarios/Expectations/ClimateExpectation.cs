using System.Text.Json;

namespace SmartFarm.Simulator.Scenarios.Expectations;

/// <summary>What the worker takes for the climate of a zone at a time; what is null is not asked for.</summary>
internal sealed class ClimateExpectation(string says, string zone, string quantity, Span? value, bool? fresh, string? status) : Expectation(says)
{
    /// <inheritdoc/>
    internal override async Task<string?> JudgeAsync(WorkerApi worker, CancellationToken cancellationToken)
    {
        var zones = await worker.GetAsync("api/zones", cancellationToken);
        var found = zones.GetProperty("zones").EnumerateArray().FirstOrDefault(z => z.GetProperty("zone").GetString() == zone);
        if (found.ValueKind == JsonValueKind.Undefined)
        {
            return $"the worker knows no zone {zone}";
        }

        var said = found.GetProperty("values").EnumerateArray().FirstOrDefault(v => v.GetProperty("quantity").GetString() == quantity);
        var isThere = said.ValueKind != JsonValueKind.Undefined;
        var fits = (status is null || found.GetProperty("status").GetString() == status)
            && (fresh is null || (isThere && said.GetProperty("fresh").GetBoolean()) == fresh)
            && (value is not { } span || (isThere && said.GetProperty("value") is { ValueKind: JsonValueKind.Number } number && span.Has(number.GetDouble())));
        return fits ? null : $"{zone} is {found.GetProperty("status")} with {(isThere ? said : $"no {quantity}")}";
    }
}
