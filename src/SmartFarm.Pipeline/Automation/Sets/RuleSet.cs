using System.Security.Cryptography;
using System.Text;

namespace SmartFarm.Pipeline.Automation.Sets;

/// <summary>The files of a rule set: rules and their cases, as they were written. Immutable.</summary>
public sealed class RuleSetFiles
{
    private readonly SortedDictionary<string, string> _texts;

    /// <param name="texts">Texts by name, such as <c>rules/climate.yaml</c>.</param>
    public RuleSetFiles(IEnumerable<KeyValuePair<string, string>> texts)
    {
        _texts = new SortedDictionary<string, string>(texts.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, text) in _texts)
        {
            // The ends of lines say nothing; the lengths keep two sets apart whose texts only run into each other.
            var bytes = Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n"));
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}\n{bytes.Length}\n"));
            hash.AppendData(bytes);
        }

        Fingerprint = Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 6));
    }

    /// <summary>Texts by name, in the order of the names.</summary>
    public IReadOnlyDictionary<string, string> Texts => _texts;

    /// <summary>Twelve hexadecimal digits of the SHA-256 of names and texts: two sets with the same fingerprint are the same.</summary>
    public string Fingerprint { get; }
}

/// <summary>A published rule set, without its files.</summary>
/// <param name="Version">Its number, from 1.</param>
/// <param name="Fingerprint">Fingerprint of its files.</param>
/// <param name="Author">Who published it.</param>
/// <param name="Note">Why, in their words; may be empty.</param>
/// <param name="PublishedMs">When, Unix ms.</param>
public sealed record RuleSetHead(int Version, string Fingerprint, string Author, string Note, long PublishedMs);

/// <summary>A published rule set.</summary>
/// <param name="Head">What it is called.</param>
/// <param name="Files">What is in it.</param>
public sealed record RuleSet(RuleSetHead Head, RuleSetFiles Files);
