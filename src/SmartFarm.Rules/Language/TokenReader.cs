namespace SmartFarm.Rules.Language;

/// <summary>An expression that cannot be understood: one sentence with the remedy, and where.</summary>
internal sealed class ExpressionException(int offset, string message) : Exception(message)
{
    /// <summary>Characters from the start of the expression.</summary>
    public int Offset => offset;
}

/// <summary>Walks over the tokens of an expression.</summary>
internal sealed class TokenReader(string text)
{
    private readonly List<Token> _tokens = Tokenizer.Read(text);
    private int _next;

    public Token Current => _tokens[_next];

    /// <summary>Gives the current token and goes on.</summary>
    public Token Take() => _tokens[_next++];

    /// <summary>Goes on if the current token is this.</summary>
    public bool Accept(string text)
    {
        if (!Current.Is(text))
        {
            return false;
        }

        _next++;
        return true;
    }

    public ExpressionException Unexpected(string wanted) => new(Current.Offset, $"Here must be {wanted}, not {Current}.");
}
