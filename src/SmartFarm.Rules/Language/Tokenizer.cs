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

            var rest = text.AsSpan(i);
            var (kind, length) = rest[0] is '(' or ')' or ',' ? (TokenKind.Punctuation, 1)
                : IsSign(rest[0]) ? (TokenKind.Comparator, While(rest, IsSign))
                : Amount.NumberLength(rest) is > 0 and var digits ? (TokenKind.Number, digits)
                : (TokenKind.Word, While(rest, IsWordPart));
            tokens.Add(new Token(kind, text.Substring(i, length), i));
            i += length;
        }

        tokens.Add(new Token(TokenKind.End, "", text.Length));
        return tokens;
    }

    private static bool IsSign(char c) => c is '<' or '>' or '=' or '!' or '≤' or '≥';

    private static bool IsWordPart(char c) => !char.IsWhiteSpace(c) && !IsSign(c) && c is not ('(' or ')' or ',');

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
