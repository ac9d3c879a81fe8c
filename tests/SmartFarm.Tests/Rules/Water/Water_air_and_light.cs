using SmartFarm.Rules.Loading;
using SmartFarm.Tests.Configuration;
using Xunit;

namespace SmartFarm.Tests.Rules.Water;

/// <summary>
/// Irrigation, CO₂, fogging, lamps and alarms over time, as <c>tests/cases/rules/water/*.yaml</c> says: every decision and alarm, and words that must stand in a reason or
/// trace. Goes red when a cycle, dose, pulse or lamp begins or ends at another millisecond, when one acts on what is not known, or when a restart or a tick changes anything.
/// </summary>
public sealed class Water_air_and_light
{
    public static TheoryData<string, string> Cases => CaseFiles.In("rules", "water");

    public static TheoryData<string, string> Mistakes => CaseFiles.In("rules", "water", "mistakes");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Act_as_written(string file, string name) => Check(file, name, Disturbance.None);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Act_the_same_when_restarted_after_every_event(string file, string name) => Check(file, name, Disturbance.Restarts);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Act_the_same_however_often_they_are_told_the_time(string file, string name) => Check(file, name, Disturbance.Ticks);

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Every_mistake_is_named_where_it_stands(string file, string name)
    {
        var it = CaseFiles.Find(file, name);
        CaseFiles.AssertErrors(it, RuleLoader.Parse(it.Text("rules"), WaterCase.Farm).Errors);
    }

    private static void Check(string file, string name, Disturbance disturbance)
    {
        var it = CaseFiles.Find(file, name);
        var run = WaterCase.Play(it, disturbance);

        Assert.Equal(WaterCase.Expected(it), WaterCase.Came(run));
        foreach (var text in it.List("texts").Select(t => t.AsScalar()!.Text))
        {
            Assert.Contains(WaterCase.Texts(run), t => t.Contains(text, StringComparison.Ordinal));
        }
    }
}
