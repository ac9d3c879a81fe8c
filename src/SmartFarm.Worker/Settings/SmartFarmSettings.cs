using SmartFarm.Pipeline.Rollup;

namespace SmartFarm.Worker.Settings;

/// <summary>
/// Settings of the process, from <c>appsettings.json</c>, environment (<c>SmartFarm__Mqtt__Host</c>) and command line. Every secret may be
/// given as a file (<c>…File</c>), which wins over the plain value.
/// </summary>
public sealed class SmartFarmSettings
{
    /// <summary>The section that all settings stand under.</summary>
    public const string Section = "SmartFarm";

    /// <summary>Folder with <c>farm.yaml</c> and <c>rules/</c>.</summary>
    public string Farm { get; set; } = "farm";

    /// <summary>The broker that field devices publish to.</summary>
    public MqttSettings Mqtt { get; set; } = new();

    /// <summary>The broker inside this process.</summary>
    public BrokerSettings Broker { get; set; } = new();

    /// <summary>Web console and API.</summary>
    public HttpSettings Http { get; set; } = new();

    /// <summary>The database; without a Url, the embedded store.</summary>
    public InfluxSettings Influx { get; set; } = new();

    /// <summary>What this process keeps on disk.</summary>
    public DataSettings Data { get; set; } = new();

    /// <summary>How long the embedded store keeps what.</summary>
    public RetentionSettings Retention { get; set; } = new();

    /// <summary>What waits on disk for the database.</summary>
    public SpoolSettings Spool { get; set; } = new();

    /// <summary>Commands to controllers.</summary>
    public CommandSettings Commands { get; set; } = new();

    /// <summary>The automation rules.</summary>
    public RuleSettings Rules { get; set; } = new();

    /// <summary>Where the worker's own numbers go besides the database.</summary>
    public OtlpSettings Otlp { get; set; } = new();

    /// <summary>Whose time it is.</summary>
    public ClockSettings Clock { get; set; } = new();

    /// <summary>The log on the console.</summary>
    public LogSettings Log { get; set; } = new();

    /// <summary>The end of the process.</summary>
    public StopSettings Stop { get; set; } = new();
}

/// <summary>The automation rules.</summary>
public sealed class RuleSettings
{
    /// <summary>Whether a change of the rules folder takes effect by itself, at once or at the next start; otherwise only what is promoted does.</summary>
    public bool FollowFolder { get; set; } = true;
}

/// <summary>OpenTelemetry.</summary>
public sealed class OtlpSettings
{
    /// <summary>Base address of an OTLP receiver for HTTP with protobuf, such as http://127.0.0.1:4318; empty: none.</summary>
    public string? Endpoint { get; set; }
}

/// <summary>Whose time it is.</summary>
public sealed class ClockSettings
{
    /// <summary>Whether time is told by a simulation, over the broker of the field. Never for a farm with a crop in it: without the simulation time stands still.</summary>
    public bool Follow { get; set; }
}

/// <summary>The log on the console.</summary>
public sealed class LogSettings
{
    /// <summary><c>text</c>, or <c>json</c>: one object per line.</summary>
    public string Format { get; set; } = "text";
}

/// <summary>The broker that field devices publish to.</summary>
public sealed class MqttSettings
{
    /// <summary>Host name or address.</summary>
    public string Host { get; set; } = "127.0.0.1";

    /// <summary>Port.</summary>
    public int Port { get; set; } = 1883;

    /// <summary>User name; empty: anonymous.</summary>
    public string? Username { get; set; }

    /// <summary>Password.</summary>
    public string? Password { get; set; }

    /// <summary>File that holds the password.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>Whether to speak TLS.</summary>
    public bool Tls { get; set; }

    /// <summary>Certificate authority to trust, PEM; empty: the system's.</summary>
    public string? CaFile { get; set; }

    /// <summary>Client id; the broker keeps our queue under it. Empty: <c>smartfarm-</c> and the name of the farm.</summary>
    public string? ClientId { get; set; }

    /// <summary>5, or 4 for MQTT 3.1.1.</summary>
    public int Version { get; set; } = 5;

    /// <summary>First level of every native topic.</summary>
    public string Root { get; set; } = "farm";

    /// <summary>Most messages received and not yet stored, 1..65535.</summary>
    public int ReceiveMaximum { get; set; } = 4096;
}

/// <summary>The broker inside this process.</summary>
public sealed class BrokerSettings
{
    /// <summary>Whether to run it.</summary>
    public bool Enabled { get; set; }

    /// <summary>Address to listen on.</summary>
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>Port to listen on.</summary>
    public int Port { get; set; } = 1883;
}

/// <summary>Web console and API.</summary>
public sealed class HttpSettings
{
    /// <summary>Address to listen on.</summary>
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>Port to listen on.</summary>
    public int Port { get; set; } = 8080;
}

/// <summary>The database.</summary>
public sealed class InfluxSettings
{
    /// <summary>Base address, such as http://127.0.0.1:8086; empty: the embedded store is used.</summary>
    public string? Url { get; set; }

    /// <summary>1, 2 or 3.</summary>
    public int Version { get; set; } = 2;

    /// <summary>Database (1.x, 3.x) or bucket (2.x).</summary>
    public string Database { get; set; } = "smartfarm";

    /// <summary>Organisation (2.x).</summary>
    public string? Org { get; set; }

    /// <summary>Token (2.x, 3.x).</summary>
    public string? Token { get; set; }

    /// <summary>File that holds the token.</summary>
    public string? TokenFile { get; set; }

    /// <summary>User name (1.x).</summary>
    public string? Username { get; set; }

    /// <summary>Password (1.x).</summary>
    public string? Password { get; set; }

    /// <summary>File that holds the password.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>Database (1.x, 3.x) or bucket (2.x) for means over minutes, quarters and hours; empty: the same.</summary>
    public string? RollupDatabase { get; set; }

    /// <summary>Days that InfluxDB 1.x keeps the values themselves; null: its retention policy is left alone.</summary>
    public double? RetentionDays { get; set; }

    /// <summary>Whether what is sent is compressed; null: unless the database is on this machine.</summary>
    public bool? Gzip { get; set; }
}

/// <summary>What this process keeps on disk.</summary>
public sealed class DataSettings
{
    /// <summary>Folder of the embedded store, spool, quarantine and ledgers.</summary>
    public string Directory { get; set; } = "data";

    /// <summary>Bytes of the disk that are left free, so that it can be emptied again; 0: none.</summary>
    public long MinFreeBytes { get; set; } = 256L << 20;
}

/// <summary>What waits on disk for the database.</summary>
public sealed class SpoolSettings
{
    /// <summary>Value of <see cref="Order"/>: oldest first, always.</summary>
    public const string Strict = "strict";

    /// <summary>Value of <see cref="Order"/>: after an outage new rows go out in turn with the backlog.</summary>
    public const string NewestFirst = "newest_first";

    /// <summary>In which order what waits is sent: <see cref="Strict"/> or <see cref="NewestFirst"/>.</summary>
    public string Order { get; set; } = Strict;

    /// <summary>Most bytes on the disk.</summary>
    public long MaxBytes { get; set; } = 8L << 30;

    /// <summary>How long the oldest row may wait.</summary>
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromDays(30);
}

/// <summary>How long the embedded store keeps what, in days from the time of the value.</summary>
public sealed class RetentionSettings
{
    /// <summary>Values as they came.</summary>
    public double Raw { get; set; } = 90;

    /// <summary>Means over minutes.</summary>
    public double Minutes { get; set; } = 365;

    /// <summary>Means over quarters of an hour.</summary>
    public double Quarters { get; set; } = 1095;

    /// <summary>Means over hours; commands, decisions, alarms, usage and states of actuators.</summary>
    public double Hours { get; set; } = 3650;

    internal RetentionOptions Options() => new()
    {
        Raw = TimeSpan.FromDays(Raw),
        Minutes = TimeSpan.FromDays(Minutes),
        Quarters = TimeSpan.FromDays(Quarters),
        Hours = TimeSpan.FromDays(Hours),
    };
}

/// <summary>Commands to controllers.</summary>
public sealed class CommandSettings
{
    /// <summary>Seconds that a command may wait to be acted on.</summary>
    public double ExpirySeconds { get; set; } = 30;

    /// <summary>Seconds between heartbeats on the backend's status topic.</summary>
    public double HeartbeatSeconds { get; set; } = 15;
}

/// <summary>The end of the process.</summary>
public sealed class StopSettings
{
    /// <summary>Seconds that a graceful stop may take before it is cut short, 2..600.</summary>
    public double LimitSeconds { get; set; } = 20;
}
