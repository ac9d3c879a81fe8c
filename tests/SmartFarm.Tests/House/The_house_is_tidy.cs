using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.House;

/// <summary>Rules of the house that a compiler cannot hold.</summary>
public sealed class The_house_is_tidy
{
    private const int LongestFile = 400;

    [Fact]
    public void No_source_file_is_too_long()
    {
        Assert.Empty(Sources("src", "simulators").Where(f => File.ReadLines(f).Count() > LongestFile).Select(Short));
    }

    [Fact]
    public void Nothing_is_left_for_later()
    {
        string[] words = ["TO" + "DO", "FIX" + "ME", "NotImplemented" + "Exception"];

        Assert.Empty(Lines(Sources("src", "simulators", "tests"), words));
    }

    /// <summary>Tests advance their own clock or await a signal; those with real processes poll through <see cref="Eventually"/>.</summary>
    [Fact]
    public void No_test_sleeps()
    {
        string[] words = ["Thread." + "Sleep", "Task." + "Delay("];
        // Benchmarks measure how long a thing takes: there the passing of time is the matter itself.
        var tests = Sources("tests").Where(f => !Short(f).StartsWith("tests/SmartFarm.Testing/") && !Short(f).StartsWith("tests/SmartFarm.Benchmarks/"));

        Assert.Empty(Lines(tests, words));
    }

    [Fact]
    public void Nothing_names_the_machine_it_was_made_on()
    {
        string[] words = ["/wo" + "rk/", "issues " + "show"];
        string[] kinds = [".cs", ".md", ".yml", ".yaml", ".json", ".sh", ".csproj", ".props", ".js", ".html", ".css", ".conf"];
        var files = Directory.GetFiles(Repository.Root, "*", SearchOption.AllDirectories).Where(f => kinds.Contains(Path.GetExtension(f)) && !IsMade(f));

        Assert.Empty(Lines(files, words));
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Repository.PathOf("SmartFarm.sln")).Replace('\\', '/');
        var projects = new[] { "src", "simulators", "tests" }.SelectMany(top => Directory.GetFiles(Repository.PathOf(top), "*.csproj", SearchOption.AllDirectories)).Select(Short);

        Assert.DoesNotContain(projects, p => !solution.Contains($"\"{p}\""));
    }

    [Theory]
    [InlineData(".editorconfig", "root = true")]
    [InlineData(".gitignore", "/secrets/")]
    [InlineData("Directory.Build.props", "<TreatWarningsAsErrors>true</TreatWarningsAsErrors>")]
    [InlineData(".ci/run", "tests/run")]
    [InlineData("LICENSE", "MIT License")]
    public void The_furniture_stands_in_its_place(string file, string text)
    {
        Assert.Contains(text, File.ReadAllText(Repository.PathOf(file)));
    }

    private static IEnumerable<string> Sources(params string[] tops) =>
        tops.SelectMany(top => Directory.GetFiles(Repository.PathOf(top), "*.cs", SearchOption.AllDirectories)).Where(f => !IsMade(f));

    private static bool IsMade(string file) =>
        Short(file).Split('/') is var parts && (parts.Contains("bin") || parts.Contains("obj") || parts.Contains("node_modules") || parts[0] is ".git" or "data" or "secrets" or "artifacts");

    private static IEnumerable<string> Lines(IEnumerable<string> files, string[] words) =>
        files.SelectMany(f => File.ReadLines(f).Where(l => words.Any(l.Contains) && !l.Contains("Timeout.Infinite")).Select(l => $"{Short(f)}: {l.Trim()}"));

    private static string Short(string file) => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/');
}
