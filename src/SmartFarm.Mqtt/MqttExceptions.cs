namespace SmartFarm.Mqtt;

/// <summary>The session cannot go on: the message says what was refused and what to do.</summary>
public sealed class MqttSessionException(string message) : Exception(message);

/// <summary>A message was not accepted.</summary>
public sealed class MqttPublishException(string message, byte reasonCode) : Exception(message)
{
    /// <summary>The MQTT 5 reason code; 0 when the message expired here.</summary>
    public byte ReasonCode { get; } = reasonCode;
}
