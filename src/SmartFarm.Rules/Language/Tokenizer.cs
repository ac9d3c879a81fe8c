using SmartFarm.Configuration.Values;

namespace SmartFarm.Rules.Language;

/// <summary>Cuts an expression into tokens. Never fails: what it cannot place becomes a word for the parser to refuse.</summary>
internal static class Tokenizer
{
    public static List<Token> Read(string text)
    {
        var tokens = new List<Token>();
        var i = 0;
        while (i < text.Length)
        {
            if (char.IsWhiteSpace(text[i]))
            {
                i++;
                continue;
            }

            var (kind, length) = Next(text.AsSpan(i));
            tokens.Add(new Token(kind, text.Substring(i, length), i));
            i += length;
        }

        tokens.Add(new Token(TokenKind.End, "", text.Length));
        return tokens;
    }

    private static (TokenKind Kind, int Length) Next(ReadOnlySpan<char> rest) => rest switch
    {
        ['.', '.', ..] or ['-', '>', ..] => (TokenKind.Punctuation, 2),
        ['(' or ')' or ',' or ':', ..] => (TokenKind.Punctuation, 1),
        ['+' or '-' or '*' or '/'] => (TokenKind.Operator, 1),
        ['+' or '-' or '*' or '/', ' ' or '\t' or '\n' or '\r' or '(', ..] => (TokenKind.Operator, 1),
        _ when ClockLength(rest) is > 0 and var clock => (TokenKind.Word, clock),
        _ when IsSign(rest[0]) => (TokenKind.Comparator, While(rest, IsSign)),
        _ when Amount.NumberLength(rest) is > 0 and var digits => (TokenKind.Number, digits),
        _ => (TokenKind.Word, WordLength(rest)),
    };

    /// <summary>Characters of a clock time such as <c>6:30</c> or <c>06:30</c>; 0 when it is none.</summary>
    private static int ClockLength(ReadOnlySpan<char> rest)
    {
        var hours = rest.Length > 1 && char.IsAsciiDigit(rest[1]) ? 2 : 1;
        return rest.Length >= hours + 3 && char.IsAsciiDigit(rest[0]) && rest[hours] == ':' && char.IsAsciiDigit(rest[hours + 1]) && char.IsAsciiDigit(rest[hours + 2])
            ? hours + 3
            : 0;
    }

    private static bool IsSign(char c) => c is '<' or '>' or '=' or '!' or '≤' or '≥';

    private static int WordLength(ReadOnlySpan<char> rest)
    {
        var i = 0;
        while (i < rest.Length && !char.IsWhiteSpace(rest[i]) && !IsSign(rest[i]) && rest[i] is not ('(' or ')' or ',' or ':') && !rest[i..].StartsWith(".."))
        {
            i++;
        }

        return Math.Max(1, i);
    }

    private static int While(ReadOnlySpan<char> text, Func<char, bool> belongs)
    {
        var i = 0;
        while (i < text.Length && belongs(text[i]))
        {
            i++;
        }

        return i;
    }
}
