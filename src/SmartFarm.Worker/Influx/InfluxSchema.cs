using SmartFarm.Pipeline.Rollup;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Worker.Influx;

/// <summary>The type of every field we write, in InfluxDB's words. The first value written decides a type for good, so it is checked at start.</summary>
internal static class InfluxSchema
{
    private static readonly Dictionary<string, string[]> TextFields = new(StringComparer.Ordinal)
    {
        [Schema.Quality] = ["detail"],
        [Schema.Actuator] = ["mode", "source", "held"],
        [Schema.Command] = ["id", "reason", "rule"],
        [Schema.Decision] = ["truth", "text"],
        [Schema.Arbitration] = ["level", "source", "reason", "losers"],
        [Schema.Shadow] = ["source", "reason"],
        [Schema.Alarm] = ["state", "text"],
        [Schema.Telemetry] = [],
        [Schema.Climate] = [],
        [Schema.Zone] = [],
        [Schema.Usage] = ["basis"],
        [Schema.Device] = [],
        [Schema.Worker] = [],
    };

    /// <summary>float, integer or string; null for a measurement that is not ours.</summary>
    public static string? TypeOf(string measurement, string field) =>
        RollupLevel.All.Any(level => RollupLevel.Measurements.Any(name => level.Measurement(name) == measurement)) ? "float"
        : !TextFields.TryGetValue(measurement, out var texts) ? null
        : texts.Contains(field) ? "string"
        : (measurement, field) == (Schema.Quality, "flag") ? "integer"
        : "float";
}
