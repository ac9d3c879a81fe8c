using System.Reflection;
using System.Text.RegularExpressions;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.House;

/// <summary>What the documentation names must exist: settings, files, types.</summary>
public sealed class Docs_are_true
{
    private const RegexOptions Plain = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;
    private static readonly Regex Code = new("`(?<it>[^`\n]+)`", Plain);
    private static readonly Regex Link = new(@"\]\((?<it>[^)#\s]+)[^)]*\)", Plain);
    private static readonly Regex Setting = new("^SmartFarm__[A-Za-z_]+", Plain);
    private static readonly Regex TypeName = new("^(I?[A-Z][a-z0-9]+){2,}$", Plain);
    private static readonly string[] Tops = ["src/", "simulators/", "tests/", "dashboards/", "deploy/", "docs/", "farm/rules", "farm/farm.yaml"];

    /// <summary>Names of others that look like one of our types.</summary>
    private static readonly string[] Foreign = ["PowerShell", "GitHub", "VictoriaMetrics", "OpenTelemetry"];

    private static readonly Lazy<HashSet<string>> Types = new(() =>
    [
        .. Directory.GetFiles(AppContext.BaseDirectory, "*.dll").Where(f => Path.GetFileName(f).StartsWith("smartfarm", StringComparison.OrdinalIgnoreCase))
            .SelectMany(f => Assembly.LoadFrom(f).GetTypes()).Concat(typeof(object).Assembly.GetExportedTypes()).Select(t => t.Name.Split('`')[0]),
    ]);

    public static TheoryData<string> Pages =>
    [
        "README.md",
        .. Directory.GetFiles(Repository.PathOf("docs"), "*.md", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Repository.Root, f)).Order(),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_setting_that_a_page_names_is_one(string page)
    {
        var named = Pieces(page, Code).Select(c => Setting.Match(c).Value).Where(s => s.Length > 0 && !s.EndsWith('_'));

        Assert.Empty(named.Except(KnownSettings.Defaults.Keys));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_file_that_a_page_names_is_there(string page)
    {
        var folder = Path.GetDirectoryName(Repository.PathOf(page))!;
        var links = Pieces(page, Link).Where(l => !l.Contains("://")).Select(l => (Name: l, Path: Path.Combine(folder, l)));
        var paths = Pieces(page, Code).Where(c => Tops.Any(c.StartsWith) && c.IndexOfAny([' ', '*', '<', '{', '…']) < 0).Select(c => (Name: c, Path: Repository.PathOf(c)));

        Assert.Empty(links.Concat(paths).Where(x => !Path.Exists(x.Path)).Select(x => x.Name));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_type_that_a_page_names_is_there(string page)
    {
        Assert.Empty(Pieces(page, Code).Where(c => TypeName.IsMatch(c)).Except(Foreign).Except(Types.Value));
    }

    [Fact]
    public void Every_setting_stands_in_the_table_with_its_default()
    {
        var table = File.ReadLines(Repository.PathOf("docs", "settings.md")).Where(l => l.StartsWith("| `SmartFarm__"))
            .Select(l => l.Split('|', StringSplitOptions.TrimEntries)).ToDictionary(c => c[1].Trim('`'), c => c[2].Trim('`'));

        Assert.Equal(KnownSettings.Defaults.OrderBy(s => s.Key), table.OrderBy(s => s.Key));
    }

    private static IEnumerable<string> Pieces(string page, Regex pattern) =>
        pattern.Matches(File.ReadAllText(Repository.PathOf(page))).Select(m => m.Groups["it"].Value).Distinct();
}
