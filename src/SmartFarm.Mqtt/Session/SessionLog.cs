using Microsoft.Extensions.Logging;

namespace SmartFarm.Mqtt.Session;

/// <summary>What a session writes to the log.</summary>
internal static partial class SessionLog
{
    [LoggerMessage(1, LogLevel.Information, "MQTT session {ClientId} is {State}: {Reason}")]
    public static partial void Moved(ILogger logger, string clientId, MqttSessionState state, string reason);

    [LoggerMessage(2, LogLevel.Error, "MQTT session {ClientId} has failed: {Reason}")]
    public static partial void Failed(ILogger logger, string clientId, string reason);

    [LoggerMessage(3, LogLevel.Warning, "The broker has forgotten MQTT session {ClientId}: messages sent while it was away are lost.")]
    public static partial void SessionLost(ILogger logger, string clientId);

    [LoggerMessage(4, LogLevel.Error, "The receiver of MQTT session {ClientId} threw; its message stays unacknowledged.")]
    public static partial void ReceiverFault(ILogger logger, Exception exception, string clientId);

    [LoggerMessage(5, LogLevel.Warning, "The broker sent MQTT session {ClientId} a {Type} for packet {PacketId}, which was not asked for. It is ignored.")]
    public static partial void Unexpected(ILogger logger, string clientId, Packets.PacketType type, int packetId);

    [LoggerMessage(6, LogLevel.Warning, "The broker keeps MQTT session {ClientId} for {Granted} s only, not for {Wanted} s.")]
    public static partial void ShorterExpiry(ILogger logger, string clientId, uint granted, uint wanted);

    [LoggerMessage(7, LogLevel.Error, "A listener of the status of MQTT session {ClientId} threw.")]
    public static partial void ListenerFault(ILogger logger, Exception exception, string clientId);
}
