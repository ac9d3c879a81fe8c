using SmartFarm.Configuration.Farms;
using Xunit;

namespace SmartFarm.Tests.Configuration;

/// <summary>Runs <c>tests/cases/farm/*.yaml</c>: a farm.yaml with mistakes, and every error it must give.</summary>
public sealed class Farm_mistakes
{
    public static TheoryData<string, string> Cases => CaseFiles.In("farm");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_mistake_is_named_where_it_stands(string file, string name)
    {
        var it = CaseFiles.Find(file, name);

        CaseFiles.AssertErrors(it, FarmLoader.Parse(it.Text("farm")).Errors);
    }
}
