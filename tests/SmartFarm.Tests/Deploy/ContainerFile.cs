using SmartFarm.Testing;

namespace SmartFarm.Tests.Deploy;

/// <summary>A Dockerfile, with continued lines joined and comments left out.</summary>
internal sealed class ContainerFile
{
    private ContainerFile(IReadOnlyList<Instruction> instructions) => Instructions = instructions;

    public static ContainerFile Default { get; } = Read(File.ReadAllText(Repository.PathOf("Dockerfile")));

    public IReadOnlyList<Instruction> Instructions { get; }

    /// <summary>Stage names in their order.</summary>
    public IReadOnlyList<string> Stages => [.. Instructions.Where(i => i.Name == "FROM").Select(i => i.Stage)];

    public IReadOnlyList<Instruction> Stage(string name) => [.. Instructions.Where(i => i.Stage == name)];

    public static ContainerFile Read(string text)
    {
        var instructions = new List<Instruction>();
        var stage = "";
        var lines = text.Split('\n').Where(l => !l.TrimStart().StartsWith('#') && l.Trim().Length > 0);
        foreach (var line in string.Join('\n', lines).Replace("\\\n", " ").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Split(' ', 2);
            stage = parts[0] == "FROM" ? parts[1].Split(" AS ").ElementAtOrDefault(1) ?? "" : stage;
            instructions.Add(new Instruction(stage, parts[0], parts[1].Trim()));
        }

        return new ContainerFile(instructions);
    }
}

/// <summary>One instruction of a stage.</summary>
internal sealed record Instruction(string Stage, string Name, string Text)
{
    public IReadOnlyList<string> Words => Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
