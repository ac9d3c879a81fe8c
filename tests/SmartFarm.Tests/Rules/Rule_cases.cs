using SmartFarm.Configuration.Farms;
using SmartFarm.Rules.Trials.Cases;
using SmartFarm.Testing;
using SmartFarm.Tests.Configuration;
using Xunit;

namespace SmartFarm.Tests.Rules;

/// <summary>
/// Runs <c>tests/cases/rules/behaviour/*.yaml</c> as <c>smartfarm rules test</c> would: values over time in, every decision out, against the shipped farm; with
/// the shipped rules when a case has none. Each case also runs with a restart after every event and with ticks every second: nothing may change.
/// </summary>
public sealed class Rule_cases
{
    private static readonly Dictionary<string, CaseReadResult> Read = [];

    public static TheoryData<string, string> Cases => CaseFiles.In("rules", "behaviour");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Decides_as_written(string file, string name) => Check(file, name, Disturbance.None);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Decides_the_same_when_restarted_after_every_event(string file, string name) => Check(file, name, Disturbance.Restarts);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Decides_the_same_however_often_it_is_told_the_time(string file, string name) => Check(file, name, Disturbance.Ticks);

    private static void Check(string file, string name, Disturbance disturbance)
    {
        var it = Find(file, name);
        Assert.Empty(CaseRun.Run(it, RuleRun.Compile(it.Rules, it.Zone), disturbance).Failures);
    }

    private static RuleCase Find(string file, string name)
    {
        lock (Read)
        {
            if (!Read.TryGetValue(file, out var read))
            {
                var farm = FarmLoader.Load(Repository.PathOf("farm")).Farm!;
                read = Read[file] = CaseReader.Parse(File.ReadAllText(Repository.PathOf("tests", "cases", file)), farm, file);
                Assert.Empty(read.Errors);
            }

            return read.Cases.Single(c => c.Name == name);
        }
    }
}
