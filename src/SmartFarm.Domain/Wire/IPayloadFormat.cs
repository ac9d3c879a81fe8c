namespace SmartFarm.Domain.Wire;

/// <summary>
/// How a kind of device speaks: turns one message into raw readings. Implementations are stateless and thread-safe, never throw on
/// any input, take no more memory than the input, and do not allocate when the message is good.
/// </summary>
public interface IPayloadFormat
{
    /// <summary>The name used in <c>farm.yaml</c>.</summary>
    string Name { get; }

    /// <summary>Decodes one message into <paramref name="into"/>, which the caller has reset. What cannot be taken is reported there too.</summary>
    void Decode(ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload, DecodedMessage into);
}
