using SmartFarm.Mqtt.Packets;

namespace SmartFarm.Mqtt.Session;

/// <summary>What the end of a connection means for the session.</summary>
internal enum EndKind
{
    /// <summary>Try again.</summary>
    Retry,

    /// <summary>The broker closed the connection between two packets and said nothing. Try again at once: whether it is there tells a crash from a takeover.</summary>
    HungUp,

    /// <summary>A broker that lives hangs up again and again: another client seems to have our id. Try again after a long time, so that one of the two can work.</summary>
    Contested,

    /// <summary>We make way for another client, as we were asked to.</summary>
    Aside,

    /// <summary>Try again, but not often: it may be a wrong password.</summary>
    NotAuthorized,

    /// <summary>Not authorized time and again, although we once were: a person changes the broker, or must. Try again after a long time.</summary>
    Refused,

    /// <summary>Another client has our id.</summary>
    TakenOver,

    /// <summary>A person must come.</summary>
    Fatal,

    /// <summary>We were asked to stop.</summary>
    Stopped,
}

/// <summary>How a connection ended.</summary>
/// <param name="Kind">What it means.</param>
/// <param name="Reason">A sentence.</param>
/// <param name="Goodbye">Reason code of the DISCONNECT to be sent; null: none.</param>
internal sealed record ConnectionEnd(EndKind Kind, string Reason, byte? Goodbye = null)
{
    public static ConnectionEnd OfFault(Fault fault) => new(EndKind.Retry, $"The broker broke the protocol: {fault.Reason}", fault.Code);

    /// <summary>
    /// Sorts the refusals of a CONNACK as Azure's session client does: 0x87, 0x88, 0x89, 0x97, 0x9F may heal. Brokers say 0x87 for
    /// a wrong password too, so that one is not retried for ever.
    /// </summary>
    public static ConnectionEnd OfRefusal(byte code, string detail) => code switch
    {
        ReasonCode.NotAuthorized => new(EndKind.NotAuthorized, Refused(code, detail, "Check user name, password and the broker's access list.")),
        ReasonCode.UnspecifiedError or ReasonCode.ServerUnavailable or ReasonCode.ServerBusy or ReasonCode.QuotaExceeded or ReasonCode.ConnectionRateExceeded =>
            new(EndKind.Retry, Refused(code, detail, "It may accept later.")),
        ReasonCode.BadUserNameOrPassword => new(EndKind.Fatal, Refused(code, detail, "Check user name and password.")),
        ReasonCode.UnsupportedProtocolVersion => new(EndKind.Fatal, Refused(code, detail, "It speaks another edition of MQTT: change the configured version.")),
        ReasonCode.ClientIdentifierNotValid => new(EndKind.Fatal, Refused(code, detail, "It does not like the client id: change it.")),
        _ => new(EndKind.Fatal, Refused(code, detail, "Check the broker's configuration.")),
    };

    private static string Refused(byte code, string detail, string advice) =>
        $"The broker refused the connection with 0x{code:X2}{(detail.Length > 0 ? $" ({detail})" : "")}. {advice}";
}
