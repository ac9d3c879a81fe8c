namespace SmartFarm.Domain.Wire;

/// <summary>Why a message, or a value in it, was not taken. Each has a counter and a name in the quarantine.</summary>
public enum RejectReason : byte
{
    /// <summary>A broken MQTT packet.</summary>
    BadPacket,

    /// <summary>Larger than the limit for a payload.</summary>
    TooLarge,

    /// <summary>A topic that holds wildcards, control characters, or names outside <c>[a-z0-9][a-z0-9_-]{0,63}</c>.</summary>
    BadTopic,

    /// <summary>No format is configured for the topic.</summary>
    NoFormat,

    /// <summary>Not UTF-8.</summary>
    BadUtf8,

    /// <summary>Not JSON.</summary>
    BadJson,

    /// <summary>JSON of another shape than the contract.</summary>
    BadShape,

    /// <summary>A number that is not finite or does not fit a double.</summary>
    BadNumber,

    /// <summary>A value of the wrong type.</summary>
    BadType,

    /// <summary>A time that cannot be read.</summary>
    BadTime,

    /// <summary>A time before this farm can have existed: a clock that was reset.</summary>
    TimeTooOld,

    /// <summary>A time in the future beyond tolerance: a clock that runs ahead, or local time sent as UTC.</summary>
    TimeInFuture,

    /// <summary>A unit that is not known, or does not measure the quantity.</summary>
    BadUnit,

    /// <summary>A name that is no quantity, or not one of this device.</summary>
    UnknownQuantity,

    /// <summary>An address that no device of the farm has: waits here to be claimed.</summary>
    UnknownDevice,

    /// <summary>The database refused the row for good.</summary>
    RefusedByStore,

    /// <summary>A fault of ours while handling the message.</summary>
    InternalError,
}
