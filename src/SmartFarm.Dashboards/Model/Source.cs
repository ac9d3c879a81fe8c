using System.Text.Json.Nodes;

namespace SmartFarm.Dashboards.Model;

/// <summary>The data source: always the variable, so that one set of files works everywhere.</summary>
internal static class Source
{
    /// <summary>Uid of the one that is provisioned.</summary>
    public const string ProvisionedUid = "smartfarm-influxdb";

    public static JsonObject ToJson() => new() { ["type"] = "influxdb", ["uid"] = "${datasource}" };
}
