namespace SmartFarm.Rules.Language;

/// <summary>Kinds of token.</summary>
internal enum TokenKind
{
    /// <summary>After the last character.</summary>
    End,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A quantity, a unit or a keyword: whatever is not something else up to the next blank, bracket or comparison.</summary>
    Word,

    /// <summary>A comparison sign.</summary>
    Comparator,

    /// <summary>A bracket, comma, <c>:</c>, <c>..</c> or <c>-&gt;</c>.</summary>
    Punctuation,

    /// <summary><c>+ - * /</c> with a blank on each side: without them they are part of a number, unit or name.</summary>
    Operator,
}

/// <summary>A piece of an expression.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">How it is written.</param>
/// <param name="Offset">Where it begins in the expression.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Offset)
{
    public bool Is(string text) => Kind != TokenKind.End && Text == text;

    public override string ToString() => Kind == TokenKind.End ? "the end" : $"'{Text}'";
}
