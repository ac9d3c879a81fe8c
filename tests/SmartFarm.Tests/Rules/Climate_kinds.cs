using System.Globalization;
using SmartFarm.Configuration.Farms;
using SmartFarm.Configuration.Values;
using SmartFarm.Configuration.Yaml;
using SmartFarm.Domain.Quantities;
using SmartFarm.Rules;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Loading;
using SmartFarm.Testing;
using SmartFarm.Tests.Configuration;
using Xunit;

namespace SmartFarm.Tests.Rules;

/// <summary>
/// Runs <c>tests/cases/rules/climate/*.yaml</c> against the house of <c>climate-farm.yaml</c>. Times are local clock times from the midnight of <c>start</c>.
/// A step of a case tells values and then says what is <c>wanted</c> of actuators, what set points are <c>worth</c>, and <c>because</c> of what. Each case
/// also runs with a restart after every event and with ticks every second: what is wanted and when may not change.
/// </summary>
public sealed class Climate_kinds
{
    private static readonly string Farm = File.ReadAllText(Repository.PathOf("tests", "cases", "rules", "climate-farm.yaml"));

    public static TheoryData<string, string> Cases => CaseFiles.In("rules", "climate");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Steer_as_written(string file, string name)
    {
        var plain = Run(file, name, Disturbance.None, isChecked: true);
        Assert.Equal(plain, Run(file, name, Disturbance.Restarts, isChecked: false));
        Assert.Equal(plain, Run(file, name, Disturbance.Ticks, isChecked: false));
    }

    private static List<string> Run(string file, string name, Disturbance disturbance, bool isChecked)
    {
        var it = CaseFiles.Find(file, name);
        var result = RuleLoader.Parse(it.Text("rules"), FarmLoader.Parse(Farm).Farm!);
        Assert.True(result.IsValid, string.Join('\n', result.Errors));
        Assert.True(result.Book.TryGet("site", "gh1", out var rules));
        var run = new RuleRun(rules, disturbance);
        var date = DateTime.Parse(it.Get("start")?.AsScalar()?.Text ?? "2026-01-15", CultureInfo.InvariantCulture);
        var start = new DateTimeOffset(date, TimeSpan.FromHours(5)).ToUnixTimeMilliseconds();
        foreach (var step in it.Maps("steps"))
        {
            var timeMs = start + (long)TimeSpan.Parse(step.Text("at"), CultureInfo.InvariantCulture).TotalMilliseconds;
            Tell(run, rules, step, timeMs);
            if (isChecked)
            {
                Check(run, rules, step);
            }
        }

        return [.. run.Decisions.Select(d => $"{d.TimeMs} {d.Actuator} {d.Target:R} {d.Source} {d.Authority} {d.Reason}")];
    }

    private static void Tell(RuleRun run, ZoneRules rules, YamlMap step, long timeMs)
    {
        // The instant itself is over only when a later one has been told.
        run.Step(RuleEvent.Tick(timeMs + 1));
        foreach (var (key, value) in step.Entries.Where(e => e.Key.Text is not ("at" or "wanted" or "worth" or "because")))
        {
            Assert.True(Quantities.TryGet(key.Text.Replace("site.", "", StringComparison.Ordinal), out var quantity), key.Text);
            var isUsable = Amount.TryParse(value.AsScalar()!.Text, out var amount);
            Assert.True(isUsable ? Units.TryGet(amount.Unit, out var unit) && unit == quantity.Unit : value.AsScalar()!.Text == "flagged", key.Text);
            run.Step(RuleRun.Observed(rules, timeMs, key.Text, amount.Value, isUsable, 86_400_000));
        }
    }

    private static void Check(RuleRun run, ZoneRules rules, YamlMap step)
    {
        var at = step.Text("at");
        foreach (var (key, value) in step.Get("wanted")?.AsMap()?.Entries ?? [])
        {
            var actuator = rules.Actuators.Single(a => a.Id == key.Text);
            var wanted = run.State.WantedOf(key.Text);
            Assert.Equal($"{at} {key.Text} {value.AsScalar()!.Text}", $"{at} {key.Text} {(wanted is null ? "nothing" : Targets.Format(actuator, Math.Round(wanted.Target, 1)))}");
            Assert.Contains(step.Get("because")?.AsScalar()!.Text ?? "", wanted?.Reason ?? "");
        }

        foreach (var (key, value) in step.Get("worth")?.AsMap()?.Entries ?? [])
        {
            var index = rules.SignalIndex(SignalScope.SetPoint, "", key.Text);
            Assert.Equal(
                $"{at} {key.Text} {value.AsScalar()!.Text}",
                $"{at} {key.Text} {(run.State.ValueOf(index) is { } worth ? string.Create(CultureInfo.InvariantCulture, $"{Math.Round(worth, 2)} {rules.Signals[index].Unit}") : "unknown")}");
        }
    }
}
