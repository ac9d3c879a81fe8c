using SmartFarm.Mqtt;
using SmartFarm.Worker.Settings;

namespace SmartFarm.Worker.Mqtt;

/// <summary>Options of a session with the field, from the settings.</summary>
internal static class FieldSession
{
    public static MqttSessionOptions Options(MqttSettings settings, string clientId, TimeProvider clock) => new()
    {
        Host = settings.Host,
        Port = settings.Port,
        ClientId = clientId,
        Version = (MqttVersion)settings.Version,
        Username = string.IsNullOrEmpty(settings.Username) ? null : settings.Username,
        Password = settings.Password,
        UseTls = settings.Tls,
        CaFile = string.IsNullOrEmpty(settings.CaFile) ? null : settings.CaFile,
        ReceiveMaximum = settings.ReceiveMaximum,
        Seed = HashCode.Combine(clientId, clock.GetTimestamp()),
    };
}
