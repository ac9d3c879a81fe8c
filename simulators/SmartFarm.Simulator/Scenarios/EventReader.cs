using SmartFarm.Configuration.Values;
using SmartFarm.Configuration.Yaml;
using SmartFarm.Domain.Commands;
using SmartFarm.Domain.Farms;
using SmartFarm.Greenhouse.Weather.Events;

namespace SmartFarm.Simulator.Scenarios;

/// <summary>Reads turns of the weather, and what people do and servers suffer.</summary>
internal static class EventReader
{
    /// <summary>Such as <c>{ kind: wind_storm, at: 2 h, for: 3 h, strength: 0.8 }</c>.</summary>
    public static WeatherEvent? Weather(YamlMap map, DateTimeOffset start)
    {
        var kind = map.Require("kind", "wind_storm")?.AsScalar();
        var at = map.Get("at")?.AsDuration() ?? TimeSpan.Zero;
        var length = map.Require("for", "3 h")?.AsDuration(TimeSpan.FromSeconds(1));
        var strength = map.Get("strength")?.AsNumber(0, 1) ?? 0.5;
        map.ReportUnknownKeys();
        var names = WeatherEvents.Kinds.Select(k => k.Name).ToArray();
        if (kind is not null && !names.Contains(kind.Text))
        {
            kind.Report($"There is no weather event '{kind.Text}'; {Suggestion.For(kind.Text, names)}");
            return null;
        }

        return kind is null || length is not { } duration ? null : WeatherEvents.Create(kind.Text, start + at, duration, strength);
    }

    /// <summary>Such as <c>{ at: 2 h, turn: manual, controller: ctrl-1 }</c> or <c>{ at: 2 h, down: broker, for: 2 min }</c>.</summary>
    public static IEnumerable<ScenarioEvent> Events(YamlMap map, Farm farm)
    {
        var at = map.Require("at", "2 h")?.AsDuration() ?? TimeSpan.Zero;
        var mode = map.Get("turn")?.AsOneOf(("remote", ControlMode.Remote), ("local", ControlMode.Local), ("manual", ControlMode.Manual));
        var down = map.Get("down")?.AsOneOf(("broker", Server.Broker), ("worker", Server.Worker));
        var site = map.Get("site")?.AsName() ?? farm.Sites[0].Id;
        if (mode is { } turned)
        {
            yield return new ScenarioEvent.KeyTurned(at, site, map.Require("controller", "ctrl-1")?.AsName() ?? "", turned);
        }

        if (down is { } server)
        {
            yield return new ScenarioEvent.ServerMoved(at, server, IsUp: false);
            yield return new ScenarioEvent.ServerMoved(at + (map.Require("for", "2 min")?.AsDuration() ?? TimeSpan.Zero), server, IsUp: true);
        }

        if (mode is null && down is null)
        {
            map.Report("An event is a key that somebody turns, or a server that goes down; write for example '{ at: 2 h, turn: manual, controller: ctrl-1 }'.");
        }

        map.ReportUnknownKeys();
    }
}
