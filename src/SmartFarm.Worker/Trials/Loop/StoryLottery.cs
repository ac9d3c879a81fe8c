using SmartFarm.Domain.Commands;
using SmartFarm.Greenhouse.Climate;
using SmartFarm.Greenhouse.Weather.Events;
using SmartFarm.Simulator.Scenarios;

namespace SmartFarm.Worker.Trials.Loop;

/// <summary>Stories made by chance: any day of a year, any cover, weather of note, faults, keys that are turned, a backend that goes away. The same seed tells the same story.</summary>
/// <param name="usual">Farm, site, length and step of every story.</param>
internal sealed class StoryLottery(LoopStory usual)
{
    private static readonly HouseParameters[] Covers =
        [HouseParameters.Glass, HouseParameters.SingleFilm, HouseParameters.DoubleFilm, HouseParameters.TripleFilm, HouseParameters.ThreeLayerKorean];

    /// <summary>The story of a seed.</summary>
    public LoopStory Tell(long seed)
    {
        var random = new Random(unchecked((int)(((ulong)seed * 0x9e3779b97f4a7c15) >> 32)));
        var story = usual with
        {
            Start = usual.Start.AddHours(random.Next(365 * 24)),
            House = Covers[random.Next(Covers.Length)],
        };
        return story with
        {
            Weather = [.. Enumerable.Range(0, random.Next(3)).Select(_ => Weather(story, random))],
            Faults = [.. Enumerable.Range(0, random.Next(5)).Select(_ => FaultLottery.Draw(story, random))],
            Events = [.. Enumerable.Range(0, random.Next(3)).SelectMany(_ => Events(story, random)).OrderBy(e => e.At)],
        };
    }

    private static WeatherEvent Weather(LoopStory story, Random random) => WeatherEvents.Create(
        WeatherEvents.Kinds[random.Next(WeatherEvents.Kinds.Count)].Name,
        story.Start + Moment(story, random),
        TimeSpan.FromHours(1 + random.Next(18)),
        Math.Round(random.NextDouble(), 2));

    /// <summary>Something that ends again: a key that is turned and turned back, or the backend or the broker gone for a while.</summary>
    private static IEnumerable<ScenarioEvent> Events(LoopStory story, Random random)
    {
        var from = Moment(story, random);
        var to = from + TimeSpan.FromMinutes(1 + random.Next(120));
        var controllers = story.Site.Zones.SelectMany(zone => zone.Controllers).ToList();
        if (random.Next(2) == 0 && controllers.Count > 0)
        {
            var controller = controllers[random.Next(controllers.Count)].Id;
            yield return new ScenarioEvent.KeyTurned(from, story.Site.Id, controller, random.Next(2) == 0 ? ControlMode.Local : ControlMode.Manual);
            yield return new ScenarioEvent.KeyTurned(to, story.Site.Id, controller, ControlMode.Remote);
        }
        else
        {
            var server = random.Next(2) == 0 ? Server.Broker : Server.Worker;
            yield return new ScenarioEvent.ServerMoved(from, server, IsUp: false);
            yield return new ScenarioEvent.ServerMoved(to, server, IsUp: true);
        }
    }

    private static TimeSpan Moment(LoopStory story, Random random) => TimeSpan.FromSeconds(Math.Round(random.NextDouble() * story.Duration.TotalSeconds));
}
