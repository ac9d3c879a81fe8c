using SmartFarm.Configuration.Yaml;
using SmartFarm.Domain.Farms;
using SmartFarm.Simulator.Faults;

namespace SmartFarm.Simulator.Scenarios;

/// <summary>
/// Reads what goes wrong in the field: a kind, whom it befalls, when (<c>at</c> after the start, or <c>since</c> so long before it), and under any
/// other key a parameter of the kind.
/// </summary>
internal static class FaultReader
{
    private static readonly string[] Keys = ["kind", "site", "device", "quantity", "controller", "actuator", "zone", "at", "since", "for", "seed"];

    public static FaultSpec? Read(YamlMap map, DateTimeOffset start, Farm farm)
    {
        var kind = map.Require("kind", "stuck")?.AsText();
        var from = start + (map.Get("at")?.AsDuration() ?? TimeSpan.Zero) - (map.Get("since")?.AsDuration() ?? TimeSpan.Zero);
        var spec = new FaultSpec
        {
            Kind = kind ?? "",
            Site = map.Get("site")?.AsName() ?? farm.Sites[0].Id,
            Device = map.Get("device")?.AsName(),
            Quantity = map.Get("quantity")?.AsText(),
            Controller = map.Get("controller")?.AsName(),
            Actuator = map.Get("actuator")?.AsName(),
            Zone = map.Get("zone")?.AsName(),
            Seed = (int)(map.Get("seed")?.AsNumber(0, int.MaxValue) ?? 0),
            Window = new FaultWindow(from, map.Get("for")?.AsDuration() is { } length ? from + length : null),
            Parameters = map.Entries.Where(e => !Keys.Contains(e.Key.Text)).ToDictionary(e => e.Key.Text, e => e.Value.AsScalar()?.Text ?? "", StringComparer.Ordinal),
        };
        if (kind is not null && FaultKinds.Objection(spec) is { } objection)
        {
            map.Report(objection);
        }

        return kind is null ? null : spec;
    }
}
