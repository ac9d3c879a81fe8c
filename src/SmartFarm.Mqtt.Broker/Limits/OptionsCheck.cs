namespace SmartFarm.Mqtt.Broker.Limits;

/// <summary>Refuses options that cannot work, all of them in one sentence.</summary>
internal static class OptionsCheck
{
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static void Demand(MqttBrokerOptions options)
    {
        var faults = new List<string>();
        Check(options.MaxPacketSize is >= 128 and <= 268_435_460, "MaxPacketSize must be 128 to 268435460 bytes", faults);
        Check(options.MaxInFlight is >= 1 and <= ushort.MaxValue, "MaxInFlight must be 1 to 65535", faults);
        Check(options.ReceiveMaximum is >= 1 and <= ushort.MaxValue, "ReceiveMaximum must be 1 to 65535", faults);
        Check(options.MaxTopicLevels is >= 1 and <= 1000, "MaxTopicLevels must be 1 to 1000", faults);
        Check(options.MaxTopicBytes is >= 1 and <= ushort.MaxValue, "MaxTopicBytes must be 1 to 65535", faults);
        Check(options is { MaxConnections: > 0, MaxSessions: > 0, MaxQueuedMessages: > 0, MaxQueuedBytes: > 0, MaxQueuedBytesInAll: > 0 }, "the limits of connections, sessions and queues must be above 0", faults);
        Check(options.ConnectTimeout > TimeSpan.Zero && options.SendTimeout > TimeSpan.Zero, "ConnectTimeout and SendTimeout must be above 0", faults);
        Check(options.MaxSessionExpiry >= TimeSpan.Zero && options.MaxSessionExpiry.TotalSeconds < uint.MaxValue, "MaxSessionExpiry must be 0 to 4294967294 s", faults);
        if (faults.Count > 0)
        {
            throw new ArgumentException($"The options of the MQTT broker cannot work: {string.Join("; ", faults)}.", nameof(options));
        }
    }

    private static void Check(bool isRight, string fault, List<string> faults)
    {
        if (!isRight)
        {
            faults.Add(fault);
        }
    }
}
