using System.Text.Json;

namespace SmartFarm.Simulator.Scenarios.Expectations;

/// <summary>How many commands of a kind there are.</summary>
internal sealed class CommandsExpectation(string says, CommandFilter filter, Span count) : Expectation(says)
{
    /// <inheritdoc/>
    internal override async Task<string?> JudgeAsync(WorkerApi worker, CancellationToken cancellationToken)
    {
        var all = (await worker.GetAsync("api/commands?limit=500", cancellationToken)).GetProperty("commands").EnumerateArray().ToList();
        var found = all.Count(command => filter.Fits(command, worker.Start));
        return count.Has(found) ? null : $"there are {found} such commands of {all.Count}, and {count} were expected; {Kinds(all)}";
    }

    private static string Kinds(List<JsonElement> commands) => commands.Count == 0 ? "there is none at all" : string.Join(", ", commands
        .GroupBy(c => $"{c.GetProperty("actuator")} to {c.GetProperty("target")} {c.GetProperty("stage")}")
        .Select(g => $"{g.Count()} × {g.Key}"));
}

/// <summary>Which commands are meant; what is null is not asked for.</summary>
internal sealed record CommandFilter(string? Zone, string? Actuator, Span? Target, string? Stage, string? Rule, string? Detail, TimeSpan From, TimeSpan To)
{
    public bool Fits(JsonElement command, DateTimeOffset start)
    {
        var issued = command.GetProperty("issued").GetDateTimeOffset() - start;
        return issued >= From && issued <= To
            && Is("zone", Zone) && Is("actuator", Actuator) && Is("stage", Stage) && IsRule(command.GetProperty("rule").GetString())
            && (Detail is null || command.GetProperty("detail").GetString()!.Contains(Detail, StringComparison.OrdinalIgnoreCase))
            && (Target is not { } target || (command.GetProperty("target") is { ValueKind: JsonValueKind.Number } number && target.Has(number.GetDouble())));

        // A command names its rule with the version, as in storm@7.
        bool IsRule(string? name) => Rule is null || name == Rule || name?.StartsWith(Rule + "@", StringComparison.Ordinal) == true;

        bool Is(string name, string? wanted) => wanted is null || command.GetProperty(name).GetString() == wanted;
    }
}
