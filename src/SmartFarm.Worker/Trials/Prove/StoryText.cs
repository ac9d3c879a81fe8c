using System.Globalization;
using System.Text;
using SmartFarm.Configuration.Values;
using SmartFarm.Greenhouse.Climate;
using SmartFarm.Greenhouse.Weather.Events;
using SmartFarm.Simulator.Faults;
using SmartFarm.Simulator.Scenarios;
using SmartFarm.Worker.Trials.Loop;

namespace SmartFarm.Worker.Trials.Prove;

/// <summary>Writes a story as a scenario file, to be played with <c>rules whatif</c>.</summary>
internal static class StoryText
{
    public static string Of(LoopStory story, long seed, string title)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# smartfarm rules whatif THIS-FILE --seed {seed}\ntitle: {title}\nstart: {story.Start:yyyy-MM-dd'T'HH:mmzzz}\n");
        text.Append(CultureInfo.InvariantCulture, $"duration: {Span(story.Duration)}\nstep: {Span(story.Step)}\nseed: {seed}\ncover: {Cover(story.House)}\n");
        List(text, "weather", story.Weather.Select(e => $"{{ kind: {Kind(e)}, at: {Span(After(e.Start))}, for: {Span(e.End - e.Start)}, strength: {e.Strength.ToString(CultureInfo.InvariantCulture)} }}"));
        List(text, "faults", story.Faults.Select(Fault));
        List(text, "events", story.Events.Select(e => Event(e, story)).OfType<string>());
        return text.ToString();

        // A scenario counts from its start; what began before is there from its start on.
        TimeSpan After(DateTimeOffset time) => time > story.Start ? time - story.Start : TimeSpan.Zero;

        string Fault(FaultSpec spec)
        {
            var place = spec.Device is { } device ? $"device: {device}" : spec.Zone is { } zone ? $"zone: {zone}" : $"controller: {spec.Controller}{(spec.Actuator is { } a ? $", actuator: {a}" : "")}";
            var when = spec.Window.Start < story.Start ? $"since: {Span(story.Start - spec.Window.Start)}" : $"at: {Span(spec.Window.Start - story.Start)}";
            return $"{{ kind: {spec.Kind}, site: {spec.Site}, {place}, {when}{(spec.Window.End is { } end ? $", for: {Span(end - spec.Window.Start)}" : "")}, seed: {spec.Seed} }}";
        }
    }

    private static string? Event(ScenarioEvent e, LoopStory story)
    {
        var at = Span(e.At > TimeSpan.Zero ? e.At : TimeSpan.Zero);
        return e switch
        {
            ScenarioEvent.KeyTurned key => $"{{ at: {at}, turn: {key.Mode.ToString().ToLowerInvariant()}, site: {key.Site}, controller: {key.Controller} }}",
            ScenarioEvent.ServerMoved { IsUp: false } down => $"{{ at: {at}, down: {down.Server.ToString().ToLowerInvariant()}, for: {Span(Back(down) - down.At)} }}",
            _ => null,
        };

        TimeSpan Back(ScenarioEvent.ServerMoved down) => story.Events.OfType<ScenarioEvent.ServerMoved>().FirstOrDefault(m => m.IsUp && m.Server == down.Server && m.At > down.At)?.At ?? story.Duration;
    }

    private static void List(StringBuilder text, string key, IEnumerable<string> items)
    {
        var lines = items.ToList();
        text.Append(lines.Count > 0 ? $"{key}:\n" : "");
        lines.ForEach(line => text.Append("  - ").Append(line).Append('\n'));
    }

    private static string Kind(WeatherEvent e) => string.Concat(e.GetType().Name.Select((letter, i) => char.IsUpper(letter) ? $"{(i > 0 ? "_" : "")}{char.ToLowerInvariant(letter)}" : $"{letter}"));

    private static string Cover(HouseParameters house) => (HouseKinds.Names.FirstOrDefault(name => ReferenceEquals(HouseKinds.Find(name), house)) ?? "single-film").Replace('-', '_');

    private static string Span(TimeSpan time) => Durations.Format(time);
}
