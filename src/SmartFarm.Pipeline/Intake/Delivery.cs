namespace SmartFarm.Pipeline.Intake;

/// <summary>A message on its way in. Its memory is valid only during the call that hands it over.</summary>
public readonly ref struct Delivery
{
    /// <summary>The topic.</summary>
    public required ReadOnlySpan<byte> Topic { get; init; }

    /// <summary>The payload; its beginning only, when <see cref="OversizeBytes"/> is not zero.</summary>
    public required ReadOnlySpan<byte> Payload { get; init; }

    /// <summary>Total size of a payload that was too large to be kept whole; 0 for all others.</summary>
    public long OversizeBytes { get; init; }

    /// <summary>Whether the broker had kept it from before: a state, not an event.</summary>
    public bool Retained { get; init; }

    /// <summary>Whether the source may have delivered it before (MQTT: DUP).</summary>
    public bool IsRedelivery { get; init; }

    /// <summary>To be settled exactly once.</summary>
    public required Receipt Receipt { get; init; }
}

/// <summary>
/// The duty to say, exactly once, that a message is safe (stored, or in quarantine). A message whose receipt is not settled is
/// delivered again by its source. The default value asks for nothing.
/// </summary>
/// <param name="Owner">Who is told.</param>
/// <param name="Connection">Which connection of the source.</param>
/// <param name="Sequence">Which message of that connection.</param>
public readonly record struct Receipt(IReceiptOwner? Owner, int Connection, long Sequence)
{
    /// <summary>Tells the owner.</summary>
    public void Settle() => Owner?.Settle(Connection, Sequence);
}

/// <summary>A source that waits for its messages to be settled.</summary>
public interface IReceiptOwner
{
    /// <summary>The message is safe. Thread-safe; never blocks.</summary>
    void Settle(int connection, long sequence);
}
