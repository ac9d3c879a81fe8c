using System.Text.Json;
using System.Text.Json.Serialization;
using SmartFarm.Rules.Language;

namespace SmartFarm.Rules.Engine;

/// <summary>The saved form of a zone's rule state: JSON by names, so that it survives a changed table of quantities, rules or actuators.</summary>
internal sealed partial record ZoneRuleStateFile(
    int Version,
    long NowMs,
    long WallOffsetMs,
    IReadOnlyList<ZoneRuleStateFile.Input> Inputs,
    IReadOnlyList<ZoneRuleStateFile.Rule> Rules,
    IReadOnlyList<ZoneRuleStateFile.Place> Actuators,
    EmergencyStop? Stop,
    string Layout,
    long NextDueMs,
    ulong DirtyActuators)
{
    private const int CurrentVersion = 3;

    internal sealed record Input(SignalScope Scope, string Owner, string Name, InputValue Value);

    internal sealed record Rule(
        string Id,
        string Fingerprint,
        Outcome Outcome,
        Outcome? Traced,
        long BlindSinceMs,
        IReadOnlyList<HoldTimer> Timers,
        IReadOnlyList<WindowState> Windows,
        double[] Memory,
        long Origin,
        double[] Asks,
        double[] Highs,
        long DueMs);

    /// <summary>An actuator: what is wanted of it, by whom, how it was moved, and what it waits for.</summary>
    internal sealed record Place(string Actuator, Decision? Wanted, ManualOrder? Order, GovernorState Governor, int Winner, Wait Waits, long WaitsUntilMs);

    public static byte[] Write(ZoneRules rules, ZoneRuleState state, long shiftMs)
    {
        var inputs = rules.Signals.Zip(state.Inputs, (signal, value) => new Input(signal.Scope, signal.Owner, signal.Name, value)).Where(i => i.Value.IsKnown);
        var saved = rules.Rules.Zip(state.Rules, (rule, memory) => new Rule(
            rule.Definition.Id,
            rule.Definition.Fingerprint,
            memory.Outcome,
            memory.Traced,
            memory.BlindSinceMs,
            memory.Timers,
            memory.Windows,
            memory.Memory,
            memory.Origin,
            memory.Asks,
            memory.Highs,
            memory.DueMs));
        var actuators = rules.Actuators.Select((a, i) => new Place(
            a.Id, state.Wants[i], state.Orders[i], state.Governors[i], state.Winners[i], state.Waiting[i].Why, state.Waiting[i].UntilMs));
        var file = new ZoneRuleStateFile(CurrentVersion, state.NowMs, state.WallOffsetMs, [.. inputs], [.. saved], [.. actuators], state.Stop, rules.Layout, state.NextDueMs, state.DirtyActuators);
        return JsonSerializer.SerializeToUtf8Bytes(file.Shifted(shiftMs), Json.Default.ZoneRuleStateFile);
    }

    public static ZoneRuleState Read(ZoneRules rules, ReadOnlySpan<byte> saved, long shiftMs, long nowMs)
    {
        var file = Parse(saved).Shifted(shiftMs);
        if (file.NowMs > nowMs)
        {
            // What the wall clock says now is another matter than when it was saved: the offset stays.
            file = file.Shifted(nowMs - file.NowMs) with { Inputs = [], WallOffsetMs = file.WallOffsetMs, Layout = "" };
        }

        var state = new ZoneRuleState(rules) { NowMs = file.NowMs, Stop = file.Stop, WallOffsetMs = file.WallOffsetMs };
        foreach (var input in file.Inputs)
        {
            if (rules.SignalIndex(input.Scope, input.Owner, input.Name) is >= 0 and var index)
            {
                state.Inputs[index] = input.Value;
            }
        }

        var isSame = file.Layout == rules.Layout;
        foreach (var place in file.Actuators)
        {
            if (rules.ActuatorIndex(place.Actuator) is >= 0 and var index)
            {
                (state.Wants[index], state.Orders[index], state.Governors[index]) = (place.Wanted, place.Order, place.Governor);
                if (isSame)
                {
                    (state.Winners[index], state.Waiting[index]) = (place.Winner, (place.Waits, place.WaitsUntilMs));
                }
            }
        }

        for (var i = 0; i < rules.Rules.Length; i++)
        {
            var definition = rules.Rules[i].Definition;
            if (file.Rules.FirstOrDefault(r => r.Id == definition.Id && r.Fingerprint == definition.Fingerprint) is { } rule)
            {
                rule.Into(ref state.Rules[i]);
                if (isSame)
                {
                    (state.IsDirty[i], state.Rules[i].DueMs) = (false, rule.DueMs);
                }
            }
        }

        // Under the same rules it goes on as if nothing had been; other rules look at once, and find the values that are there.
        if (isSame)
        {
            (state.NextDueMs, state.DirtyActuators) = (file.NextDueMs, file.DirtyActuators);
        }
        else
        {
            state.NextDueMs = file.NowMs != long.MinValue ? file.NowMs : long.MaxValue;
        }

        return state;
    }

    private ZoneRuleStateFile Shifted(long ms) => ms == 0 || NowMs == long.MinValue ? this : this with
    {
        NowMs = NowMs + ms,
        NextDueMs = EventTime.Shift(NextDueMs, ms),
        WallOffsetMs = WallOffsetMs - ms,
        Inputs = [.. Inputs.Select(i => i with { Value = i.Value with { TimeMs = i.Value.TimeMs + ms } })],
        Rules = [.. Rules.Select(r => r with
        {
            BlindSinceMs = r.BlindSinceMs + ms,
            Origin = EventTime.Shift(r.Origin, ms),
            DueMs = EventTime.Shift(r.DueMs, ms),
            Timers = [.. r.Timers.Select(t => t with { SinceMs = t.SinceMs + ms })],
            Windows = [.. r.Windows.Select(w => w.Shifted(ms))],
        })],
        Actuators = [.. Actuators.Select(a => a with
        {
            Wanted = a.Wanted is null ? null : a.Wanted with { TimeMs = a.Wanted.TimeMs + ms },
            Order = a.Order is null ? null : a.Order with { UntilMs = EventTime.Shift(a.Order.UntilMs, ms) },
            Governor = a.Governor with { MovedMs = EventTime.Shift(a.Governor.MovedMs, ms) },
            WaitsUntilMs = EventTime.Shift(a.WaitsUntilMs, ms),
        })],
        Stop = Stop is null ? null : Stop with { SinceMs = Stop.SinceMs + ms },
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

        return file is { Version: CurrentVersion, Inputs: not null, Rules: not null, Actuators: not null } && file.Rules.All(IsWhole)
            ? file
            : throw new InvalidDataException($"The saved rule state has version {file?.Version} and this program knows {CurrentVersion}; the zone starts fresh.");
    }

    private static bool IsWhole(Rule? rule) => rule is { Timers: not null, Windows: not null, Memory: not null, Asks: not null, Highs: not null };

    [JsonSerializable(typeof(ZoneRuleStateFile))]
    [JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
    private sealed partial class Json : JsonSerializerContext;
}

file static class SavedRules
{
    /// <summary>Takes the saved memory of a rule over.</summary>
    public static void Into(this ZoneRuleStateFile.Rule rule, ref RuleState state)
    {
        (state.Outcome, state.Traced, state.BlindSinceMs, state.Origin) = (rule.Outcome, rule.Traced, rule.BlindSinceMs, rule.Origin);
        Copy(rule.Timers, state.Timers);
        for (var i = 0; i < Math.Min(rule.Windows.Count, state.Windows.Length); i++)
        {
            // Another version of the program may cut windows into other pieces: such a window starts anew.
            var fits = rule.Windows[i] is { Pieces: not null } saved && saved.Pieces.Length == state.Windows[i].Pieces.Length && saved.PieceMs == state.Windows[i].PieceMs;
            state.Windows[i] = fits ? rule.Windows[i] : state.Windows[i];
        }

        Copy(rule.Memory, state.Memory);
        Copy(rule.Asks, state.Asks);
        Copy(rule.Highs, state.Highs);
        state.TakeChange();
    }

    private static void Copy<T>(IReadOnlyList<T> from, T[] to)
    {
        for (var i = 0; i < Math.Min(from.Count, to.Length); i++)
        {
            to[i] = from[i];
        }
    }
}
