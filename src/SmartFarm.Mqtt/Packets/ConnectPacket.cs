using System.Buffers;

namespace SmartFarm.Mqtt.Packets;

/// <summary>CONNECT: opens a session (MQTT 5 §3.1).</summary>
public readonly ref struct ConnectPacket
{
    private const byte UsernameBit = 0x80, PasswordBit = 0x40, WillRetainBit = 0x20, WillBit = 0x04, CleanBit = 0x02, ReservedBit = 0x01;

    /// <summary>Edition asked for.</summary>
    public MqttVersion Version { get; init; }

    /// <summary>Whether to forget any earlier session (3.1.1: Clean Session).</summary>
    public bool CleanStart { get; init; }

    /// <summary>Keep alive, in seconds; 0: none.</summary>
    public ushort KeepAlive { get; init; }

    /// <summary>MQTT 5 properties.</summary>
    public Properties Properties { get; init; }

    /// <summary>Client identifier; may be empty.</summary>
    public ReadOnlySpan<byte> ClientId { get; init; }

    /// <summary>Whether there is a will.</summary>
    public bool HasWill { get; init; }

    /// <summary>QoS of the will.</summary>
    public byte WillQos { get; init; }

    /// <summary>Whether the will is retained.</summary>
    public bool WillRetain { get; init; }

    /// <summary>MQTT 5 properties of the will.</summary>
    public Properties WillProperties { get; init; }

    /// <summary>Topic of the will.</summary>
    public ReadOnlySpan<byte> WillTopic { get; init; }

    /// <summary>Payload of the will.</summary>
    public ReadOnlySpan<byte> WillPayload { get; init; }

    /// <summary>Whether there is a user name.</summary>
    public bool HasUsername { get; init; }

    /// <summary>User name.</summary>
    public ReadOnlySpan<byte> Username { get; init; }

    /// <summary>Whether there is a password.</summary>
    public bool HasPassword { get; init; }

    /// <summary>Password.</summary>
    public ReadOnlySpan<byte> Password { get; init; }

    /// <summary>Decodes and checks. A fault with <see cref="ReasonCode.UnsupportedProtocolVersion"/> may be answered by a CONNACK, others end the connection.</summary>
    public static bool TryRead(in Frame frame, out ConnectPacket packet, out Fault fault)
    {
        packet = default;
        var reader = new FieldReader(frame.Body);
        var name = reader.Text();
        var version = (MqttVersion)reader.Byte();
        var flags = reader.Byte();
        if (!reader.Fault.IsFault)
        {
            reader.Fail(CheckStart(name, version, flags));
        }

        var keepAlive = reader.UInt16();
        var properties = reader.Properties(version, PropertyHome.Connect);
        var clientId = reader.Text();
        var hasWill = (flags & WillBit) != 0;
        var willProperties = hasWill ? reader.Properties(version, PropertyHome.Will) : default;
        var willTopic = hasWill ? reader.Text() : default;
        var willPayload = hasWill ? reader.Binary() : default;
        var username = (flags & UsernameBit) != 0 ? reader.Text() : default;
        var password = (flags & PasswordBit) != 0 ? reader.Binary() : default;
        reader.ExpectEnd();
        if (properties.Has(PropertyId.AuthenticationData) && !properties.Has(PropertyId.AuthenticationMethod))
        {
            reader.Fail(Fault.Protocol("CONNECT has authentication data without a method (§3.1.2.11.10)."));
        }

        fault = reader.Fault;
        if (fault.IsFault)
        {
            return false;
        }

        packet = new ConnectPacket
        {
            Version = version,
            CleanStart = (flags & CleanBit) != 0,
            KeepAlive = keepAlive,
            Properties = properties,
            ClientId = clientId,
            HasWill = hasWill,
            WillQos = (byte)((flags >> 3) & 3),
            WillRetain = (flags & WillRetainBit) != 0,
            WillProperties = willProperties,
            WillTopic = willTopic,
            WillPayload = willPayload,
            HasUsername = (flags & UsernameBit) != 0,
            Username = username,
            HasPassword = (flags & PasswordBit) != 0,
            Password = password,
        };
        return true;
    }

    /// <summary>Encodes.</summary>
    public void WriteTo(IBufferWriter<byte> output)
    {
        var remaining = 10 + FieldWriter.SizeOf(Properties, Version) + FieldWriter.SizeOf(ClientId)
            + (HasWill ? FieldWriter.SizeOf(WillProperties, Version) + FieldWriter.SizeOf(WillTopic) + FieldWriter.SizeOf(WillPayload) : 0)
            + (HasUsername ? FieldWriter.SizeOf(Username) : 0) + (HasPassword ? FieldWriter.SizeOf(Password) : 0);
        var writer = new FieldWriter(output, PacketType.Connect, 0, remaining);
        writer.Field("MQTT"u8);
        writer.Byte((byte)Version);
        writer.Byte((byte)((HasUsername ? UsernameBit : 0) | (HasPassword ? PasswordBit : 0) | (CleanStart ? CleanBit : 0)
            | (HasWill ? WillBit | (WillQos << 3) | (WillRetain ? WillRetainBit : 0) : 0)));
        writer.UInt16(KeepAlive);
        writer.Properties(Properties, Version);
        writer.Field(ClientId);
        if (HasWill)
        {
            writer.Properties(WillProperties, Version);
            writer.Field(WillTopic);
            writer.Field(WillPayload);
        }

        if (HasUsername)
        {
            writer.Field(Username);
        }

        if (HasPassword)
        {
            writer.Field(Password);
        }

        writer.Done();
    }

    private static Fault CheckStart(ReadOnlySpan<byte> name, MqttVersion version, byte flags)
    {
        if (!name.SequenceEqual("MQTT"u8))
        {
            return new Fault(ReasonCode.UnsupportedProtocolVersion, "The protocol name of CONNECT is not MQTT [MQTT-3.1.2-1].");
        }

        if (version is not (MqttVersion.V311 or MqttVersion.V5))
        {
            return new Fault(ReasonCode.UnsupportedProtocolVersion, "CONNECT asks for another edition than MQTT 3.1.1 or 5 [MQTT-3.1.2-2].");
        }

        var will = flags & (WillRetainBit | 0x18);
        return (flags & ReservedBit) != 0 ? Fault.Malformed("The reserved flag of CONNECT is set [MQTT-3.1.2-3].")
            : (flags & WillBit) == 0 && will != 0 ? Fault.Malformed("CONNECT has no will, but flags of one [MQTT-3.1.2-11].")
            : (flags & 0x18) == 0x18 ? Fault.Malformed("The QoS of the will is 3 [MQTT-3.1.2-12].")
            : version == MqttVersion.V311 && (flags & PasswordBit) != 0 && (flags & UsernameBit) == 0
                ? Fault.Malformed("CONNECT of MQTT 3.1.1 has a password without a user name [MQTT-3.1.2-22 of 3.1.1].")
            : default;
    }
}
