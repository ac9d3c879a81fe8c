using SmartFarm.Configuration.Farms;
using SmartFarm.Rules.Trials.Cases;
using SmartFarm.Testing;
using SmartFarm.Tests.Configuration;
using Xunit;

namespace SmartFarm.Tests.Rules.Trials;

/// <summary>
/// What an agronomist writes into <c>rules/*.cases.yaml</c>. Red when a mistake is passed over or named at the wrong place, or when a case that does not hold
/// is called good.
/// </summary>
public sealed class Case_files_are_read
{
    private static readonly SmartFarm.Domain.Farms.Farm Farm = FarmLoader.Load(Repository.PathOf("farm")).Farm!;

    public static TheoryData<string, string> Mistakes => CaseFiles.In("rules", "cases");

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Every_mistake_is_named_where_it_stands(string file, string name)
    {
        var it = CaseFiles.Find(file, name);

        CaseFiles.AssertErrors(it, CaseReader.Parse(it.Text("text"), Farm, "rules/a.cases.yaml").Errors);
    }

    [Fact]
    public void A_line_may_repeat_and_ramp_and_times_of_day_go_forward()
    {
        var it = Read("""
            start: 2026-07-14 22:00
            events:
              - { at: 22:10, every: 10 min, until: 22:30, air_temperature: 20 °C -> 30 °C }
              - { at: 21:00 }
            check: [{ at: 5 min, heater: nothing }]
            """);

        var readings = it.Events.OfType<CaseEvent.Reading>().Select(r => (r.TimeMs / 60_000, r.Value)).ToArray();
        Assert.Equal([(10L, 20.0), (20L, 25.0), (30L, 30.0)], readings);
        Assert.Equal(23 * 60 * 60_000L, it.Events[^1].TimeMs);
        Assert.Equal(DateTimeOffset.Parse("2026-07-14T17:00:00Z").ToUnixTimeMilliseconds(), it.StartMs);
    }

    [Theory]
    [InlineData("expect: [{ at: 0 s, want: heater on, by: Rule cold, because: air_temperature 10 °C < 16 °C }]", null)]
    [InlineData("expect: [{ at: 0 s, want: heater on, by: cold }]", null)]
    [InlineData("expect: [{ at: 0 s, want: heater off }]", "line 6: at 0 s heater off was expected and did not come; the next is 0 s heater on by Rule cold.")]
    [InlineData("expect: []", "not expected: 0 s heater on by Rule cold, because air_temperature 10 °C < 16 °C")]
    [InlineData("expect: [{ at: 0 s, want: heater on, by: Interlock cold }]", "and 'by Interlock cold' was expected")]
    [InlineData("expect: [{ at: 0 s, want: heater on, because: too cold }]", "which does not say 'too cold'")]
    [InlineData("expect: [{ at: 1 min, want: heater on }]", "line 6: at 1 min heater on was expected")]
    [InlineData("{ only: [roof_vent], expect: [] }", null)]
    [InlineData("check: [{ at: 5 min, heater: on, roof_vent: nothing }]", null)]
    [InlineData("check: [{ at: 5 min, heater: off }]", "line 6: at 5 min heater off was expected, and it is heater on since 0 s by Rule cold: air_temperature 10 °C < 16 °C.")]
    [InlineData("check: [{ at: 5 min, roof_vent: 0 % }]", "at 5 min roof_vent 0 % was expected, and it is nothing for roof_vent")]
    [InlineData("check: [{ at: 5 min, alarm frost: on }]", "at 5 min alarm frost raised was expected, and it is alarm frost cleared")]
    [InlineData("traces: ['0 s: cold True: air_temperature 10 °C']", null)]
    [InlineData("traces: ['0 s: cold False']", "no trace says '0 s: cold False'")]
    public void What_came_differently_is_said(string expectation, string? failure)
    {
        const string Rules = "rules: [{ id: cold, zones: [gh1], when: air_temperature < 16 °C, set: { heater: on } }]";
        var keys = expectation.StartsWith('{') ? expectation.Trim('{', '}').Replace("], ", "]\n").Trim() : expectation;

        var it = Read($"rules: '{Rules}'\nevents: [{{ at: 0 s, air_temperature: 10 °C }}]\n\n{keys}");
        var failures = CaseRun.Run(it, RuleRun.Compile(Rules)).Failures;

        if (failure is null)
        {
            Assert.Empty(failures);
        }
        else
        {
            Assert.Contains(failures, f => f.Contains(failure));
        }
    }

    [Fact]
    public void Persons_and_the_emergency_stop_can_be_tried()
    {
        const string Rules = "rules: [{ id: cold, zones: [gh1], when: air_temperature < 16 °C, set: { heater: on } }]";
        var it = Read("""
            events:
              - { at: 0 s, air_temperature: 10 °C }
              - { at: 10 min, override: { heater: off }, for: 30 min, by: Aigul, reason: repair }
              - { at: 20 min, release: heater, by: Aigul }
              - { at: 30 min, stop: smoke, by: Aigul }
              - { at: 40 min, resume: Aigul }
            only: [heater]
            expect:
              - { at: 0 s, want: heater on, by: Rule cold }
              - { at: 10 min, want: heater off, by: Manual Aigul, because: repair }
              - { at: 20 min, want: heater on, by: Rule cold }
              - { at: 30 min, want: heater off, by: EmergencyStop Aigul, because: smoke }
              - { at: 40 min, want: heater on, by: Rule cold }
            """);

        Assert.Empty(CaseRun.Run(it, RuleRun.Compile(Rules)).Failures);
    }

    internal static RuleCase Read(string keys)
    {
        var indented = string.Join('\n', keys.Split('\n').Select(l => "    " + l));
        var read = CaseReader.Parse($"cases:\n  - name: it\n{indented}\n", Farm, "rules/a.cases.yaml");
        Assert.Empty(read.Errors);
        return Assert.Single(read.Cases);
    }
}
