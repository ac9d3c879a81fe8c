using SmartFarm.Configuration.Values;
using SmartFarm.Configuration.Yaml;
using SmartFarm.Domain.Quantities;
using SmartFarm.Simulator.Scenarios.Expectations;

namespace SmartFarm.Simulator.Scenarios;

/// <summary>Reads what is expected: a sentence, and under the name of its kind what to look for.</summary>
internal static class ExpectationReader
{
    private static readonly string[] QuantityNames = [.. Quantities.All.Select(q => q.Name)];

    private static readonly (string Kind, Func<YamlMap, string, TimeSpan, Expectation?> Read)[] Kinds =
    [
        ("commands", Commands),
        ("account", Account),
        ("quarantine", (map, says, _) => new QuarantineExpectation(says, map.Get("reason")?.AsText(), Span(map, "count"))),
        ("actuator", (map, says, _) => new ActuatorExpectation(
            says, Name(map, "zone"), Name(map, "actuator"), Maybe(map, "target"), Maybe(map, "reported"), map.Get("mode")?.AsText(), map.Get("held")?.AsText(), map.Get("state")?.AsText())),
        ("climate", (map, says, _) => new ClimateExpectation(
            says, Name(map, "zone"), QuantityOf(map).Name, Maybe(map, "value"), map.Get("fresh")?.AsOneOf(("true", true), ("false", false)), map.Get("status")?.AsText())),
        ("position", (map, says, end) => new PositionExpectation(says, Name(map, "zone"), Name(map, "actuator"), Span(map, "is"), From(map), To(map, end))),
        ("on_time", (map, says, _) => new OnTimeExpectation(says, Name(map, "zone"), Name(map, "actuator"), map.Require("most", "6 h")?.AsDuration() ?? default)),
        ("house", (map, says, end) => new HouseExpectation(says, Name(map, "zone"), QuantityOf(map), Span(map, "is"), From(map), To(map, end))),
    ];

    public static Expectation? Read(YamlMap map, TimeSpan end)
    {
        var says = map.Require("says", "The vent is closed within three minutes.")?.AsText() ?? "";
        var at = map.Get("at")?.AsDuration();
        Expectation? expectation = null;
        foreach (var (kind, read) in Kinds)
        {
            if (map.Get(kind)?.AsMap() is { } what)
            {
                expectation = read(what, says, end);
                what.ReportUnknownKeys();
            }
        }

        map.ReportUnknownKeys();
        if (expectation is null)
        {
            map.Report($"What is expected stands under one of {string.Join(", ", Kinds.Select(k => k.Kind))}.");
        }
        else if (at > end)
        {
            map.Report($"'at' lies behind the end of the scenario, {Durations.Format(end)}.");
        }
        else
        {
            expectation.At = at;
        }

        return expectation;
    }

    private static CommandsExpectation Commands(YamlMap map, string says, TimeSpan end) => new(
        says,
        new CommandFilter(
            map.Get("zone")?.AsName(),
            map.Get("actuator")?.AsName(),
            Maybe(map, "target"),
            map.Get("stage")?.AsText(),
            map.Get("rule")?.AsText(),
            map.Get("detail")?.AsText(),
            From(map),
            To(map, end)),
        Span(map, "count"));

    private static AccountExpectation Account(YamlMap map, string says, TimeSpan end) => new(
        says,
        map.Get("account")?.AsText(),
        map.Require("field", "flagged")?.AsOneOf([.. AccountExpectation.Fields.Select((word, i) => (word, i))]) is { } field ? AccountExpectation.Fields[field] : "",
        Span(map, "count"));

    private static string Name(YamlMap map, string key) => map.Require(key, key == "zone" ? "gh1" : "roof_vent")?.AsName() ?? "";

    private static TimeSpan From(YamlMap map) => map.Get("from")?.AsDuration() ?? TimeSpan.Zero;

    private static TimeSpan To(YamlMap map, TimeSpan end) => map.Get("to")?.AsDuration() ?? end;

    private static Span Span(YamlMap map, string key) => map.Require(key, "1..") is { } node ? Read(node) : default;

    private static Span? Maybe(YamlMap map, string key) => map.Get(key) is { } node ? Read(node) : null;

    private static Span Read(YamlNode node)
    {
        var text = node.AsScalar();
        if (!Expectations.Span.TryParse(text?.Text ?? "", out var span))
        {
            text?.Report($"'{text.Text}' is no range of numbers; write for example 3, 1.., ..5 or 0..5.");
        }

        return span;
    }

    private static Quantity QuantityOf(YamlMap map)
    {
        if (map.Require("quantity", "air_temperature")?.AsScalar() is { } name)
        {
            if (Quantities.TryGet(name.Text, out var quantity))
            {
                return quantity;
            }

            name.Report($"'{name.Text}' is no quantity; {Suggestion.For(name.Text, QuantityNames)}");
        }

        return Quantities.AirTemperature;
    }
}
