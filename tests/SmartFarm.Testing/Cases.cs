using System.Text.Json;
using System.Text.Json.Nodes;

namespace SmartFarm.Testing;

/// <summary>Reads test cases that are kept as data under <c>tests/cases</c>.</summary>
public static class Cases
{
    /// <summary>The elements of a JSON array, by their "name".</summary>
    public static IReadOnlyDictionary<string, JsonNode> Load(params string[] path) =>
        JsonNode.Parse(File.ReadAllText(Repository.PathOf(["tests", "cases", .. path])), documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip })!
            .AsArray().ToDictionary(c => c!["name"]!.GetValue<string>(), c => c!, StringComparer.Ordinal);
}
