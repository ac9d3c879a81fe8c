using System.Text.Json;

namespace SmartFarm.Simulator.Scenarios.Expectations;

/// <summary>What the worker knows of an actuator at a time; what is null is not asked for.</summary>
internal sealed class ActuatorExpectation(string says, string zone, string actuator, Span? target, Span? reported, string? mode, string? held, string? state) : Expectation(says)
{
    /// <inheritdoc/>
    internal override async Task<string?> JudgeAsync(WorkerApi worker, CancellationToken cancellationToken)
    {
        var all = await worker.GetAsync("api/actuators", cancellationToken);
        var found = all.GetProperty("actuators").EnumerateArray()
            .FirstOrDefault(a => a.GetProperty("zone").GetString() == zone && a.GetProperty("actuator").GetString() == actuator);
        return found.ValueKind == JsonValueKind.Undefined ? $"the worker knows no {zone}/{actuator}"
            : Is("target", target) && Is("reported", reported) && Says("mode", mode) && Says("held", held) && Says("state", state) ? null
            : $"it is {found}";

        bool Is(string name, Span? wanted) => wanted is not { } span || (found.GetProperty(name) is { ValueKind: JsonValueKind.Number } number && span.Has(number.GetDouble()));

        bool Says(string name, string? words) => words is null || found.GetProperty(name).GetString()?.Contains(words, StringComparison.OrdinalIgnoreCase) == true;
    }
}
