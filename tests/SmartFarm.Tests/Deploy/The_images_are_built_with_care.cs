using System.Text.Json;
using System.Text.RegularExpressions;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Deploy;

/// <summary>The rules of a Dockerfile linter that a small file needs, and that it builds from what it copies.</summary>
public sealed class The_images_are_built_with_care
{
    private static readonly string[] Known = ["FROM", "WORKDIR", "COPY", "RUN", "USER", "ENV", "VOLUME", "EXPOSE", "HEALTHCHECK", "ENTRYPOINT", "CMD"];
    private const RegexOptions Plain = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;
    private static readonly Regex Pinned = new(@":\d+\.\d+\.\d+-[a-z]+$", Plain);
    private static readonly Regex Secret = new("(TOKEN|PASSWORD|SECRET)=", Plain | RegexOptions.IgnoreCase);

    [Fact]
    public void Ours_breaks_no_rule() => Assert.Empty(Problems(ContainerFile.Default));

    [Theory]
    [InlineData("FROM alpine:latest AS a", "not pinned")]
    [InlineData("FROM alpine AS a", "not pinned")]
    [InlineData("FROM x:1.2.3-noble AS a\nADD . /", "ADD")]
    [InlineData("FROM x:1.2.3-noble AS a\nWORKDIR app", "not absolute")]
    [InlineData("FROM x:1.2.3-noble AS a\nRUN apt-get update && apt-get install -y curl", "leaves lists")]
    [InlineData("FROM x:1.2.3-noble AS a\nRUN curl https://x | bash", "pipes")]
    [InlineData("FROM x:1.2.3-noble AS a\nRUN sudo id", "sudo")]
    [InlineData("FROM x:1.2.3-noble AS a\nENTRYPOINT dotnet x.dll", "exec form")]
    [InlineData("FROM x:1.2.3-noble AS a\nENTRYPOINT [\"x\"]", "runs as root")]
    [InlineData("FROM x:1.2.3-noble AS a\nUSER 1000\nUSER root\nENTRYPOINT [\"x\"]", "runs as root")]
    [InlineData("FROM x:1.2.3-noble AS a\nENTRYPOINT [\"x\"]\nENTRYPOINT [\"y\"]", "twice")]
    [InlineData("FROM x:1.2.3-noble AS a\nCOPY --from=b /x /y", "no stage b")]
    [InlineData("FROM x:1.2.3-noble AS a\nENV TOKEN=abc", "secret")]
    public void A_rule_that_is_broken_is_named(string text, string problem) => Assert.Contains(Problems(ContainerFile.Read(text)), p => p.Contains(problem));

    [Fact]
    public void What_is_not_given_a_target_builds_the_worker()
    {
        Assert.Equal("worker", ContainerFile.Default.Stages[^1]);
        Assert.Contains("HEALTHCHECK", ContainerFile.Default.Stage("worker").Select(i => i.Name));
        Assert.Empty(ComposeFile.Default.Services.Where(s => s.Build.Count > 0).Select(s => s.Build["target"]).Except(ContainerFile.Default.Stages));
    }

    [Fact]
    public void The_images_of_NET_belong_together_with_the_SDK_that_tests_it()
    {
        Assert.Equal(["mcr.microsoft.com/dotnet/sdk:10.0.401-noble", "mcr.microsoft.com/dotnet/aspnet:10.0.12-noble"],
            ContainerFile.Default.Instructions.Where(i => i.Name == "FROM" && i.Text.Contains(':')).Select(i => i.Words[0]).Distinct());
    }

    [Fact]
    public void What_is_copied_is_there_and_let_through()
    {
        var copied = ContainerFile.Default.Instructions.Where(i => i.Name == "COPY" && !i.Text.StartsWith("--from")).SelectMany(i => i.Words.SkipLast(1)).Distinct().ToList();
        var ignore = File.ReadLines(Repository.PathOf(".dockerignore")).Where(l => !l.StartsWith('#') && l.Length > 0).ToList();

        Assert.DoesNotContain(copied, p => !Path.Exists(Repository.PathOf(p)));
        Assert.Equal("*", ignore[0]);
        Assert.Equal(copied.Order(), ignore.Where(l => l.StartsWith('!')).Select(l => l[1..]).Order());
    }

    /// <summary>A reference out of the copied folders would build here and not in the image.</summary>
    [Fact]
    public void What_is_published_refers_to_nothing_that_is_not_copied()
    {
        var copied = ContainerFile.Default.Instructions.Where(i => i.Name == "COPY" && !i.Text.StartsWith("--from")).SelectMany(i => i.Words.SkipLast(1)).Select(p => Path.GetFullPath(Repository.PathOf(p))).ToList();
        var projects = new[] { "src", "simulators" }.SelectMany(top => Directory.GetFiles(Repository.PathOf(top), "*.csproj", SearchOption.AllDirectories));
        var named = projects.SelectMany(project => Regex.Matches(File.ReadAllText(project), "(Include|Project)=\"(?<path>\\.\\./[^\"*]+)", Plain)
            .Select(m => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(project)!, m.Groups["path"].Value))));
        var published = ContainerFile.Default.Instructions.Where(i => i.Text.StartsWith("dotnet publish")).Select(i => i.Words[2]);

        Assert.Equal(["src/SmartFarm.Worker", "simulators/SmartFarm.Simulator"], published);
        Assert.All(named.Concat(published.Select(p => Repository.PathOf(p))), path => Assert.True(copied.Exists(c => path.StartsWith(c, StringComparison.Ordinal)), $"{path} is not copied into the image."));
    }

    [Theory]
    [InlineData("worker", "SmartFarm.Worker")]
    [InlineData("simulator", "SmartFarm.Simulator")]
    public void The_entry_is_the_program_that_was_published(string stage, string project)
    {
        var file = Directory.GetFiles(Repository.Root, $"{project}.csproj", SearchOption.AllDirectories).Single();
        var name = Regex.Match(File.ReadAllText(file), "<AssemblyName>(?<name>[^<]+)", Plain).Groups["name"].Value;

        Assert.Equal(["dotnet", $"{name}.dll"], JsonSerializer.Deserialize<string[]>(ContainerFile.Default.Stage(stage).Single(i => i.Name == "ENTRYPOINT").Text)!);
    }

    private static IEnumerable<string> Problems(ContainerFile file)
    {
        foreach (var it in file.Instructions)
        {
            if (it.Name == "FROM" && !file.Stages.Contains(it.Words[0]) && !Pinned.IsMatch(it.Words[0]))
            {
                yield return $"{it.Words[0]} is not pinned to a patch.";
            }

            foreach (var (isBroken, problem) in Rules(it, file))
            {
                if (isBroken)
                {
                    yield return $"{it.Name} {it.Text}: {problem}";
                }
            }
        }

        foreach (var stage in file.Stages.Where(s => file.Stage(s).Any(i => i.Name == "ENTRYPOINT")))
        {
            if (file.Stage(stage).LastOrDefault(i => i.Name == "USER") is null or { Text: "root" or "0" })
            {
                yield return $"{stage} runs as root.";
            }

            if (file.Stage(stage).Count(i => i.Name == "ENTRYPOINT") > 1)
            {
                yield return $"{stage} has ENTRYPOINT twice.";
            }
        }
    }

    private static IEnumerable<(bool IsBroken, string Problem)> Rules(Instruction it, ContainerFile file)
    {
        yield return (!Known.Contains(it.Name), "is not used here; COPY instead of ADD, LABEL and the rest in compose.");
        yield return (it.Name == "WORKDIR" && !it.Text.StartsWith('/'), "is not absolute.");
        yield return (it.Name is "ENTRYPOINT" or "CMD" && !it.Text.StartsWith('['), "is not in exec form.");
        yield return (it.Name == "HEALTHCHECK" && !it.Text.Contains("CMD ["), "is not in exec form.");
        yield return (it.Name == "RUN" && it.Text.Contains("apt-get install") && !it.Text.Contains("rm -rf /var/lib/apt/lists"), "leaves lists of packages.");
        yield return (it.Name == "RUN" && (it.Text.Contains("| bash") || it.Text.Contains("| sh")), "pipes into a shell.");
        yield return (it.Name == "RUN" && it.Words.Contains("sudo"), "needs no sudo.");
        yield return (it.Name is "ENV" or "ARG" && Secret.IsMatch(it.Text), "a secret in an image.");
        yield return (it.Words[0].StartsWith("--from=") && !file.Stages.Contains(it.Words[0][7..]), $"there is no stage {it.Words[0][(it.Words[0].IndexOf('=') + 1)..]}.");
    }
}
