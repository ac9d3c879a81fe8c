using System.Text.Encodings.Web;
using System.Text.Json;
using SmartFarm.Dashboards.Boards;
using SmartFarm.Dashboards.Model;

namespace SmartFarm.Dashboards;

/// <summary>The dashboards as files for Grafana, in its classic format: the one source of what lies under <c>dashboards/</c>. Thread-safe.</summary>
public static class DashboardFiles
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Name of every dashboard.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. AllBoards.List.Select(b => b.Key)];

    /// <summary>Every file: its path below the folder of dashboards, and its text.</summary>
    public static IEnumerable<(string Path, string Json)> Make() =>
        from language in Language.All
        from board in AllBoards.List
        select ($"{language.Code}/{board.Key}.json", board.ToJson(new Wording(Texts.All, language, board.Key)).ToJsonString(Readable) + "\n");

    /// <summary>Keys of the texts that some dashboard shows.</summary>
    public static IReadOnlySet<string> TextsInUse()
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var board in AllBoards.List)
        {
            var words = new Wording(Texts.All, Language.All[0], board.Key);
            board.ToJson(words);
            used.UnionWith(words.Used);
        }

        return used;
    }
}
