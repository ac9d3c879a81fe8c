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

/// <summary>Receipts of messages that came one after another.</summary>
/// <param name="First">The receipt of the first.</param>
/// <param name="Count">How many.</param>
public readonly record struct ReceiptRun(Receipt First, int Count)
{
    /// <summary>Whether a receipt is the next one of this run.</summary>
    public bool IsFollowedBy(in Receipt next) =>
        ReferenceEquals(next.Owner, First.Owner) && next.Sequence == First.Sequence + Count && next.Connection == First.Connection;

    /// <summary>Tells the owner.</summary>
    public void Settle() => First.Owner?.Settle(First.Connection, First.Sequence, Count);
}

/// <summary>A source that waits for its messages to be settled.</summary>
public interface IReceiptOwner
{
    /// <summary>The message is safe. Thread-safe; never blocks.</summary>
    void Settle(int connection, long sequence);

    /// <summary>Messages that came one after another are safe. Thread-safe; never blocks.</summary>
    void Settle(int connection, long first, int count)
    {
        for (var i = 0; i < count; i++)
        {
            Settle(connection, first + i);
        }
    }
}
