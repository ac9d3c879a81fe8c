using SmartFarm.Testing;
using SmartFarm.Worker.Diagnosis;
using SmartFarm.Worker.Settings;
using Xunit;

namespace SmartFarm.Tests.Diagnosis;

public sealed class A_small_container_is_found
{
    [Theory]
    [InlineData("memory.max", "134217728", false)]
    [InlineData("memory.max", "max", true)]
    [InlineData("memory/memory.limit_in_bytes", "100000000", false)]
    [InlineData("memory/memory.limit_in_bytes", "9223372036854771712", true)]
    public async Task By_the_limit_of_its_control_group(string file, string limit, bool isWell)
    {
        using var groups = new TempFolder();
        Directory.CreateDirectory(groups.File("memory"));
        File.WriteAllText(groups.File(file), limit + "\n");

        var finding = await new MemoryExamination(groups.Path).ExamineAsync(new SmartFarmSettings(), TimeProvider.System, default);

        Assert.Equal(isWell, finding.IsWell);
        Assert.Equal(!isWell, finding.Sentence.Contains("raise mem_limit"));
    }
}
