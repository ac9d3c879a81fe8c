using SmartFarm.Dashboards.Model;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Dashboards.Boards;

/// <summary>Questions about commands by what became of them.</summary>
internal static class CommandQueries
{
    private const string Count = """count("latency_ms")""";

    /// <summary>Those of which a person should know.</summary>
    public static readonly string Troubled = $"{Running.Chosen} AND \"outcome\" =~ /^(no_effect|failed|rejected|timed_out|expired)$/";

    /// <summary>Those that are judged: not those that were withdrawn because something else was wanted.</summary>
    private static readonly string Judged = $"{Running.Chosen} AND \"outcome\" !~ /^(superseded|cancelled)$/";

    /// <summary>The part with effect of those that were meant to have one. Two sources of one query, because InfluxQL cannot count by a condition.</summary>
    /// <param name="tags">Tags that make a part each.</param>
    public static Query EffectShare(params string[] tags) =>
        Query.Newest(
            "count(done) / count(asked)",
            $"""(SELECT "latency_ms" AS done FROM "{Schema.Command}" WHERE {Of("succeeded")}), (SELECT "latency_ms" AS asked FROM "{Schema.Command}" WHERE {Judged})""",
            tags,
            "$timeFilter") with { Tags = tags };

    /// <summary>How many in the range had one outcome, in its word and colour.</summary>
    public static Query OfOutcome(Mapping outcome) =>
        Named(new($"""SELECT {Count} FROM "{Schema.Command}" WHERE {Of(outcome.Text!)}"""), outcome);

    /// <summary>When they had one outcome.</summary>
    public static Query CourseOfOutcome(Mapping outcome) => Named(Query.Course(Count, Schema.Command, [], where: Of(outcome.Text!)), outcome);

    private static Query Named(Query query, Mapping outcome) =>
        query with { Name = $"outcome.{outcome.Text}", Look = new() { Color = outcome.Color } };

    private static string Of(string outcome) => $"{Running.Chosen} AND \"outcome\" = '{outcome}'";
}
