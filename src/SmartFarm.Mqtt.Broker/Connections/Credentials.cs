using System.Security.Cryptography;
using System.Text;
using SmartFarm.Mqtt.Packets;

namespace SmartFarm.Mqtt.Broker.Connections;

/// <summary>The one place that decides who may connect.</summary>
internal sealed class Credentials(MqttBrokerOptions options)
{
    /// <summary>Success, or the reason code of the refusal.</summary>
    public byte Check(in ConnectPacket connect)
    {
        if (options.Users.Count == 0)
        {
            return ReasonCode.Success;
        }

        if (!connect.HasUsername)
        {
            return options.AllowAnonymous ? ReasonCode.Success : ReasonCode.NotAuthorized;
        }

        // Hashes have one length, so that the time of the comparison tells nothing, whether or not there is such a user.
        var isKnown = options.Users.TryGetValue(Encoding.UTF8.GetString(connect.Username), out var password);
        var isRight = CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(password ?? "")), SHA256.HashData(connect.Password));
        return isKnown && isRight ? ReasonCode.Success : ReasonCode.BadUserNameOrPassword;
    }
}
