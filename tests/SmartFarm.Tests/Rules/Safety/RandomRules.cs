namespace SmartFarm.Tests.Rules.Safety;

/// <summary>An interlock as the test itself understands it: while the newest usable value is above the threshold, the actuator is forced, or limited.</summary>
/// <param name="Rank">Its place on the ladder: lower is stronger; the order in the file among equals.</param>
/// <param name="Level">Word of its level.</param>
/// <param name="Quantity">What it looks at.</param>
/// <param name="Above">The threshold.</param>
/// <param name="Actuator">Whom it forces or limits.</param>
/// <param name="Low">Where it forces it to, or the lower end.</param>
/// <param name="High">The upper end; null when it forces.</param>
internal sealed record Interlock(int Rank, string Level, string Quantity, double Above, string Actuator, double Low, double? High)
{
    public string ToYaml(int index)
    {
        var what = High is { } high ? FormattableString.Invariant($"limit: {{ {Actuator}: {Low}..{high} % }}")
            : Actuator is "vent" or "screen" ? FormattableString.Invariant($"force: {{ {Actuator}: {Low} % }}")
            : $"force: {{ {Actuator}: {(Low > 0 ? "on" : "off")} }}";
        return FormattableString.Invariant($"  - {{ id: i{index}, level: {Level}, when: {Quantity} > {Above} {RandomRules.UnitOf(Quantity)}, {what} }}");
    }
}

/// <summary>A rule set put together from every piece that rules are made of, by a seed.</summary>
internal sealed class RandomRules
{
    private static readonly (string Name, string Unit, double Low, double High)[] Measured =
        [("air_temperature", "°C", 12, 32), ("relative_humidity", "%", 40, 95), ("site.wind_speed", "m/s", 2, 20), ("site.rain_rate", "mm/h", 0, 2), ("site.air_temperature", "°C", 0, 30)];

    private static readonly string[] Levels = ["protection", "device-fault", "interlock"];
    private readonly Random _random;

    public RandomRules(int seed)
    {
        _random = new Random(seed);
        var interlocks = Enumerable.Range(0, _random.Next(4)).Select(_ => Forbid()).ToArray();
        Interlocks = [.. interlocks.Select((x, i) => x with { Rank = (10 * Array.IndexOf(Levels, x.Level)) + i })];
        var rules = Enumerable.Range(0, _random.Next(1, 7)).Select(Rule).ToArray();
        Text = $"""
            values:
              - {"{"} id: feels, value: "air_temperature + influence(site.wind_speed: 2..10 m/s -> 0..2 K)" {"}"}
            rules:
            {string.Join('\n', rules)}
            {(interlocks.Length > 0 ? "interlocks:" : "")}
            {string.Join('\n', interlocks.Select((x, i) => x.ToYaml(i)))}
            {(_random.Next(3) == 0 ? "defaults: [{ id: home, set: { vent: 0 %, heater: off } }]" : "")}
            """;
    }

    public string Text { get; }

    public IReadOnlyList<Interlock> Interlocks { get; }

    /// <summary>What a rule looks at that is measured, by its id; an empty name where it also looks at the clock or into the past, and so may know without any.</summary>
    public Dictionary<string, HashSet<string>> LooksAt { get; } = [];

    public static string UnitOf(string quantity) => Measured.Single(m => m.Name == quantity).Unit;

    private Interlock Forbid()
    {
        var (name, _, low, high) = Pick(Measured);
        var above = Math.Round(low + ((high - low) * _random.NextDouble()), 1);
        return _random.Next(6) switch
        {
            0 => new(0, Pick(Levels), name, above, "vent", 5 * _random.Next(4), null),
            1 => new(0, Pick(Levels), name, above, "heater", _random.Next(2), null),
            2 => new(0, Pick(Levels), name, above, Pick("drip_1", "drip_2", "drip_3"), 0, null),
            3 => new(0, Pick(Levels), name, above, "screen", 100, null),
            _ => new(0, Pick(Levels), name, above, Pick("vent", "screen"), 10 * _random.Next(5), 50 + (10 * _random.Next(4))),
        };
    }

    private string Rule(int index)
    {
        var id = $"r{index}";
        LooksAt[id] = [];
        var (when, until) = Condition(id);
        var actuator = Pick("vent", "screen", "heater", "drip_1", "drip_2", "drip_3");
        string Target() => actuator is "vent" or "screen" ? $"{_random.Next(101)} %" : Pick("on", "off");
        return $"  - {{ id: {id}, level: {Pick("rule", "rule", "crop-protection")}, when: {when}, {(until is null ? "" : $"until: {until}, ")}set: {{ {actuator}: {Target()} }}"
            + $"{(_random.Next(2) == 0 ? $", otherwise: {{ {actuator}: {Target()} }}" : "")}, unknown: {Pick("hold", "safe", "hold 1 min then safe", "hold 10 min then safe")} }}";
    }

    private (string When, string? Until) Condition(string id)
    {
        var (name, unit, low, high) = Pick(Measured);
        var at = Math.Round(low + ((high - low) * _random.NextDouble()), 1);
        var (sign, other) = _random.Next(2) == 0 ? ('>', '<') : ('<', '>');
        var hold = _random.Next(3) == 0 ? $" for {Pick("20 s", "2 min")}" : "";
        var simple = FormattableString.Invariant($"{name} {sign} {at} {unit}{hold}");
        LooksAt[id].Add(name);
        switch (_random.Next(9))
        {
            case 0 or 1:
                var back = Math.Round(sign == '>' ? at * 0.95 : at * 1.05, 2);
                return (simple, FormattableString.Invariant($"{name} {other} {back} {unit}{hold}"));
            case 2:
                return ($"({simple}) {Pick("and", "or")} {Condition(id).When}", null);
            case 3:
                return ($"not ({simple})", null);
            case 4:
                LooksAt[id].UnionWith(["air_temperature", "site.air_temperature"]);
                return (FormattableString.Invariant($"air_temperature else site.air_temperature + 3 K {sign} 22 °C{hold}"), null);
            case 5:
                LooksAt[id].Add("air_temperature");
                return ($"feels {sign} 22 °C{hold}", null);
            case 6:
                LooksAt[id].Add("");
                return (FormattableString.Invariant($"{Pick("avg", "min", "max")}({name} over {Pick("1 min", "3 min")}) {sign} {at} {unit}"), null);
            case 7:
                LooksAt[id].Add("");
                return ($"time between {Pick("06:00", "sunrise - 3 h")} and {Pick("sunset", "22:00")} and {simple}", null);
            default:
                return (simple, null);
        }
    }

    private T Pick<T>(params T[] of) => of[_random.Next(of.Length)];
}
