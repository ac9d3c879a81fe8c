using SmartFarm.Configuration.Farms;
using SmartFarm.Domain.Farms;
using SmartFarm.Rules;
using SmartFarm.Rules.Loading;
using SmartFarm.Testing;
using SmartFarm.Worker.Trials.Loop;

namespace SmartFarm.Tests.Loop;

/// <summary>The tomato house of the scenarios, in memory.</summary>
internal static class LoopStories
{
    private static readonly string Folder = Repository.PathOf("simulators", "scenarios", "farms", "tomato");

    public static Farm Farm { get; } = FarmLoader.Load(Folder).Farm!;

    public static RuleBook Rules { get; } = RuleLoader.Load(Folder, Farm).Book!;

    public static RuleBook NoRules { get; } = Parse("rules: []");

    public static LoopStory January(TimeSpan duration) => Of(new DateTimeOffset(2026, 1, 15, 18, 0, 0, TimeSpan.FromHours(5)), duration);

    public static LoopStory July(TimeSpan duration) => Of(new DateTimeOffset(2026, 7, 15, 6, 0, 0, TimeSpan.FromHours(5)), duration);

    public static RuleBook Parse(string text)
    {
        var result = RuleLoader.Parse(text, Farm);
        return result.Book ?? throw new InvalidOperationException(string.Join(Environment.NewLine, result.Errors));
    }

    private static LoopStory Of(DateTimeOffset start, TimeSpan duration) => new()
    {
        Farm = Farm,
        Site = Farm.Sites[0],
        Start = start,
        Duration = duration,
        DaysBefore = 0.25,
        Step = TimeSpan.FromSeconds(30),
    };
}
