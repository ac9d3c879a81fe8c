namespace SmartFarm.Mqtt;

/// <summary>Which edition of the protocol is spoken.</summary>
public enum MqttVersion : byte
{
    /// <summary>MQTT 3.1.1 (OASIS 2014).</summary>
    V311 = 4,

    /// <summary>MQTT 5.0 (OASIS 2019).</summary>
    V5 = 5,
}

/// <summary>Settings of a session. Immutable.</summary>
public sealed record MqttSessionOptions
{
    /// <summary>Host name or address of the broker.</summary>
    public required string Host { get; init; }

    /// <summary>Port; 1883 is usual, 8883 with TLS.</summary>
    public int Port { get; init; } = 1883;

    /// <summary>Fixed client id: the broker keeps our session and queue under it.</summary>
    public required string ClientId { get; init; }

    /// <summary>Edition spoken.</summary>
    public MqttVersion Version { get; init; } = MqttVersion.V5;

    /// <summary>User name; null: anonymous.</summary>
    public string? Username { get; init; }

    /// <summary>Password.</summary>
    public string? Password { get; init; }

    /// <summary>Whether to speak TLS.</summary>
    public bool UseTls { get; init; }

    /// <summary>File with the certificate authority to trust (PEM); null: the system's.</summary>
    public string? CaFile { get; init; }

    /// <summary>Filters subscribed after every connect, at QoS 1.</summary>
    public IReadOnlyList<string> Subscriptions { get; init; } = [];

    /// <summary>What the broker publishes for us when we vanish; null: nothing.</summary>
    public MqttMessage? Will { get; init; }

    /// <summary>How long the broker keeps our session while we are away; zero: a clean session each time. MQTT 3.1.1 knows only zero and for ever.</summary>
    public TimeSpan SessionExpiry { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Longest silence before we ask whether the broker is there.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Time to connect, and to be answered.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Most messages received and not yet acknowledged, 1..65535.</summary>
    public int ReceiveMaximum { get; init; } = 4096;

    /// <summary>
    /// How long to wait for more when little has come, so that many small packets cost one waking; the session then has a thread of its own
    /// that reads. Zero: not at all. Used on Linux and without TLS; elsewhere packets are read as they come.
    /// </summary>
    public TimeSpan ReadPatience { get; init; }

    /// <summary>Largest packet kept whole, in bytes, at least 65544. Of a larger PUBLISH the beginning is handed over, the rest is skipped.</summary>
    public int MaxPacketSize { get; init; } = 256 * 1024;

    /// <summary>First wait before connecting again; doubles up to <see cref="MaxBackoff"/>, each time less a random part of up to half.</summary>
    public TimeSpan MinBackoff { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Longest wait before connecting again.</summary>
    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Seed of the jitter.</summary>
    public int Seed { get; init; }
}
