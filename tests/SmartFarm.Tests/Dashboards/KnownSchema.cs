using SmartFarm.Domain.Quantities;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Tests.House;

namespace SmartFarm.Tests.Dashboards;

/// <summary>Tags and fields of every measurement: what a dashboard may ask for.</summary>
internal static class KnownSchema
{
    private static readonly string[] QuantityNames = [.. Quantities.All.Select(q => q.Name)];

    public static IReadOnlyDictionary<string, (string[] Tags, string[] Fields)> Measurements { get; } = new Dictionary<string, (string[], string[])>
    {
        [Schema.Telemetry] = (["site", "zone", "device", "position"], QuantityNames),
        [Schema.Quality] = (["site", "zone", "device", "quantity", "check"], ["flag", "value", "detail"]),
        [Schema.Climate] = (["site", "zone"], [.. QuantityNames, Schema.Trust]),
        [Schema.Actuator] = (["site", "zone", "actuator"], ["target", "reported", "mode", "source", "held"]),
        [Schema.Command] = (["site", "zone", "actuator", "outcome"], ["id", "target", "latency_ms", "reason", "rule"]),
        [Schema.Decision] = (["site", "zone", "rule"], ["truth", "target", "text"]),
        [Schema.Arbitration] = (["site", "zone", "actuator"], ["target", "level", "source", "reason", "losers", "trust", "version"]),
        [Schema.Shadow] = (["site", "zone", "actuator"], ["target", "production", "differs", "source", "reason", "version"]),
        [Schema.Alarm] = (["site", "zone", "severity", "code"], ["state", "text"]),
        [Schema.Worker] = (["host", "instance"], [.. KnownFields.Worker.Select(f => f.Name)]),
    };
}
