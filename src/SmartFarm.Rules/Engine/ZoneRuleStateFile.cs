using System.Text.Json;
using System.Text.Json.Serialization;
using SmartFarm.Domain.Quantities;
using SmartFarm.Rules.Language;

namespace SmartFarm.Rules.Engine;

/// <summary>The saved form of a zone's rule state: JSON by names, so that it survives a changed table of quantities, rules or actuators.</summary>
internal sealed partial record ZoneRuleStateFile(
    int Version,
    long NowMs,
    IReadOnlyList<ZoneRuleStateFile.Input> Inputs,
    IReadOnlyList<ZoneRuleStateFile.Rule> Rules,
    IReadOnlyList<Decision> Wanted)
{
    private const int CurrentVersion = 1;

    internal sealed record Input(RuleScope Scope, string Quantity, double Value, long TimeMs, long StaleAfterMs, bool IsUsable);

    internal sealed record Rule(string Id, string Fingerprint, Outcome Outcome, Outcome? Traced, long BlindSinceMs, IReadOnlyList<HoldTimer> Timers);

    public static byte[] Write(ZoneRules rules, ZoneRuleState state, long shiftMs)
    {
        var inputs = new List<Input>();
        foreach (var scope in Enum.GetValues<RuleScope>())
        {
            foreach (var quantity in Quantities.All)
            {
                var value = state.Inputs[InputValue.IndexOf(scope, quantity)];
                if (value.IsKnown)
                {
                    inputs.Add(new Input(scope, quantity.Name, value.Value, value.TimeMs, value.StaleAfterMs, value.IsUsable));
                }
            }
        }

        var saved = rules.Rules.Zip(state.Rules, (rule, memory) => new Rule(
            rule.Definition.Id, rule.Definition.Fingerprint, memory.Outcome, memory.Traced, memory.BlindSinceMs, memory.Timers));
        var file = new ZoneRuleStateFile(CurrentVersion, state.NowMs, inputs, [.. saved], [.. state.Wants.OfType<Decision>()]);
        return JsonSerializer.SerializeToUtf8Bytes(file.Shifted(shiftMs), Json.Default.ZoneRuleStateFile);
    }

    public static ZoneRuleState Read(ZoneRules rules, ReadOnlySpan<byte> saved, long shiftMs, long nowMs)
    {
        var file = Parse(saved).Shifted(shiftMs);
        if (file.NowMs > nowMs)
        {
            file = file.Shifted(nowMs - file.NowMs) with { Inputs = [] };
        }

        var state = new ZoneRuleState(rules) { NowMs = file.NowMs };
        foreach (var input in file.Inputs)
        {
            if (Quantities.TryGet(input.Quantity, out var quantity))
            {
                state.Inputs[InputValue.IndexOf(input.Scope, quantity)] =
                    new InputValue(input.Value, input.TimeMs, input.StaleAfterMs, input.IsUsable, IsKnown: true);
            }
        }

        foreach (var decision in file.Wanted)
        {
            var index = rules.Actuators.Select(a => a.Id).ToList().IndexOf(decision.Actuator);
            if (index >= 0)
            {
                state.Wants[index] = decision;
            }
        }

        for (var i = 0; i < rules.Rules.Length; i++)
        {
            var definition = rules.Rules[i].Definition;
            if (file.Rules.FirstOrDefault(r => r.Id == definition.Id && r.Fingerprint == definition.Fingerprint) is { } rule
                && rule.Timers.Count == definition.Timers)
            {
                state.Rules[i] = new RuleState
                {
                    Outcome = rule.Outcome,
                    Traced = rule.Traced,
                    BlindSinceMs = rule.BlindSinceMs,
                    Timers = [.. rule.Timers],
                };
            }
        }

        // Look at once: nothing follows from it under the same rules, and a new rule finds the values that are there.
        state.NextDueMs = file.NowMs != long.MinValue ? file.NowMs : long.MaxValue;
        return state;
    }

    private ZoneRuleStateFile Shifted(long ms) => ms == 0 || NowMs == long.MinValue ? this : this with
    {
        NowMs = NowMs + ms,
        Inputs = [.. Inputs.Select(i => i with { TimeMs = i.TimeMs + ms })],
        Rules = [.. Rules.Select(r => r with { BlindSinceMs = r.BlindSinceMs + ms, Timers = [.. r.Timers.Select(t => t with { SinceMs = t.SinceMs + ms })] })],
        Wanted = [.. Wanted.Select(d => d with { TimeMs = d.TimeMs + ms })],
    };

    private static ZoneRuleStateFile Parse(ReadOnlySpan<byte> saved)
    {
        ZoneRuleStateFile? file;
        try
        {
            file = JsonSerializer.Deserialize(saved, Json.Default.ZoneRuleStateFile);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"The saved rule state cannot be read ({e.Message}); the zone starts fresh.", e);
        }

        return file is { Version: CurrentVersion, Inputs: not null, Rules: not null, Wanted: not null }
            ? file
            : throw new InvalidDataException($"The saved rule state has version {file?.Version} and this program knows {CurrentVersion}; the zone starts fresh.");
    }

    [JsonSerializable(typeof(ZoneRuleStateFile))]
    private sealed partial class Json : JsonSerializerContext;
}
