using SmartFarm.Configuration.Values;

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

    public Token Current => _tokens[Position];

    /// <summary>The token after the current one.</summary>
    public Token Following => _tokens[Math.Min(Position + 1, _tokens.Count - 1)];

    /// <summary>Where it stands; may be set back.</summary>
    public int Position { get; set; }

    /// <summary>Gives the current token and goes on.</summary>
    public Token Take() => _tokens[Position++];

    /// <summary>Goes on if the current token is this.</summary>
    public bool Accept(string text)
    {
        if (!Current.Is(text))
        {
            return false;
        }

        Position++;
        return true;
    }

    /// <summary>Goes on if the current token is this, and refuses anything else.</summary>
    /// <exception cref="ExpressionException">It is something else.</exception>
    public void Expect(string text)
    {
        if (!Accept(text))
        {
            throw Unexpected($"'{text}'");
        }
    }

    public ExpressionException Unexpected(string wanted) => new(Current.Offset, $"Here must be {wanted}, not {Current}.");

    /// <summary>A duration above zero.</summary>
    /// <param name="after">After what it stands, for the error.</param>
    /// <exception cref="ExpressionException">It is none.</exception>
    public TimeSpan Duration(string after)
    {
        var first = Current;
        var words = new List<string>();
        while (Current.Kind == TokenKind.Number)
        {
            words.Add(Take().Text);
            if (Current.Kind == TokenKind.Word)
            {
                words.Add(Take().Text);
            }
        }

        if (words.Count == 0 && Current.Kind == TokenKind.Word)
        {
            words.Add(Take().Text);
        }

        return Durations.TryParse(string.Join(' ', words), out var duration) && duration > TimeSpan.Zero
            ? duration
            : throw new ExpressionException(first.Offset, $"{after} must be a duration such as '2 min', '1 h 30 min' or 'PT10M'.");
    }
}
