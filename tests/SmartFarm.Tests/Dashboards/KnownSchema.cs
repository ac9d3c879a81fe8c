using SmartFarm.Domain.Quantities;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Tests.House;

namespace SmartFarm.Tests.Dashboards;

/// <summary>Tags and fields of every measurement: what a dashboard may ask for.</summary>
internal static class KnownSchema
{
    private static readonly string[] QuantityNames = [.. Quantities.All.Select(q => q.Name)];

    /// <summary>Where rules want a climate: names that are made of others. Set points are those of the recipes.</summary>
    public static IReadOnlyList<string> Wanted { get; } =
    [
        .. QuantityNames.SelectMany(q => new[] { Schema.LowOf(q), Schema.HighOf(q), Schema.DeviationOf(q) }), Schema.SetPointOf("heating"), Schema.SetPointOf("ventilation"),
    ];

    public static IReadOnlyDictionary<string, (string[] Tags, string[] Fields)> Measurements { get; } = new Dictionary<string, (string[], string[])>
    {
        [Schema.Telemetry] = (["site", "zone", "device", "position"], QuantityNames),
        [Schema.Quality] = (["site", "zone", "device", "quantity", "check"], ["flag", "value", "detail"]),
        [Schema.Climate] = (["site", "zone"], [.. QuantityNames, Schema.Trust, .. Wanted]),
        [Schema.Actuator] = (["site", "zone", "actuator"], ["target", "reported", "mode", "source", "held"]),
        [Schema.Command] = (["site", "zone", "actuator", "outcome"], ["id", "target", "latency_ms", "decided_ms", "published_ms", "answered_ms", "reason", "rule"]),
        [Schema.Decision] = (["site", "zone", "rule"], ["truth", "target", "text"]),
        [Schema.Arbitration] = (["site", "zone", "actuator"], ["target", "level", "source", "reason", "losers", "trust", "version"]),
        [Schema.Shadow] = (["site", "zone", "actuator"], ["target", "production", "differs", "source", "reason", "version"]),
        [Schema.Alarm] = (["site", "zone", "severity", "code"], ["state", "text", "raised", "acknowledged", "held_s"]),
        [Schema.Zone] = (
            ["site", "zone"],
            [
                "area", "age_s", "trust", "in_band", "band_unknown", "alarms", "alarms_critical", "alarms_unacknowledged", "overrides", "stopped", "not_remote", "sensors",
                "sensors_bad", "status",
            ]),
        [Schema.Usage] = (["site", "zone"], ["water", "drain", "heat", "electricity", "co2", "radiation", "light", "area", "basis"]),
        [Schema.Device] = (
            ["site", "zone", "device"], ["age_s", "silent", "received", "stored", "duplicate", "quarantined", "late", "missing", "clock_offset_s"]),
        [Schema.Worker] = (["host", "instance"], [.. KnownFields.Worker.Select(f => f.Name)]),
    };
}
