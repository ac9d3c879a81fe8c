namespace SmartFarm.Domain.Farms;

/// <summary>Of which commands an effect is expected.</summary>
public enum ExpectedOf
{
    /// <summary>Of every command.</summary>
    Any,

    /// <summary>Of those that bring it away from the smallest target: on, open.</summary>
    On,

    /// <summary>Of those that bring it to the smallest target: off, closed.</summary>
    Off,
}

/// <summary>What must follow a command, as it is written in <c>farm.yaml</c>: <c>water_flow &gt; 2 L/min within 10 s</c>. The rules compile it.</summary>
/// <param name="Text">What is expected.</param>
/// <param name="Of">Of which commands; null: what the text itself suggests, a position of any, all else of those that switch on.</param>
/// <param name="Line">Line of the text, from 1.</param>
/// <param name="Column">Column of its first character, from 1.</param>
public sealed record ExpectedEffect(string Text, ExpectedOf? Of, int Line, int Column);
