using SmartFarm.Dashboards.Model;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Dashboards.Boards;

/// <summary>Does SmartFarm itself work: rate, errors and durations of what it does, then use of what it stands on.</summary>
internal static class HealthBoard
{
    private const string All = "$timeFilter";

    private static readonly Steps Waiting = new("green", (60, "orange"), (600, "red"));

    public static Board Board { get; } = new("health")
    {
        From = "now-6h",
        Variables = [],
        Annotations = [],
        Rows =
        [
            new(
                "now",
                new StatPanel("up")
                {
                    Width = 4,
                    Height = 4,
                    IsFilled = true,
                    HasCourse = false,
                    NoValue = "state.silent",
                    Steps = new("red", (1, "green")),
                    Mappings = [new(1, 1e9, "running", "green")],
                    Queries = [new("""SELECT count("uptime_s") FROM "worker" WHERE $timeFilter AND time > now() - 2m""")],
                },
                new TablePanel("worker")
                {
                    Width = 8,
                    Height = 4,
                    Queries = [Query.Newest("last(\"uptime_s\") AS \"uptime_s\"", Schema.Worker, ["host", "instance"], All)],
                    SortedBy = [("Time", true)],
                    Columns = [new("host"), new("Time", GrafanaUnit.Ago) { Heading = "heard_of" }, new("uptime_s", GrafanaUnit.Duration) { Heading = "uptime", Decimals = 0 }],
                },
                Newest("spool_age", "spool_oldest_s", GrafanaUnit.Clock) with { Steps = Waiting },
                Newest("open_age", "open_oldest_s", GrafanaUnit.Clock) with { Steps = new("green", (10, "orange"), (60, "red")) },
                Newest("unexplained", "ledger_unexplained") with { Steps = Steps.Count },
                Newest("sessions", "mqtt_sessions_ready") with { Steps = new("red", (1, "green")) },
                Newest("rollup", "rollup_failing") with { Mappings = Mapping.YesIsBad },
                Total("write_failures", "forward_failures") with { Steps = Steps.Look },
                Total("refused", "lines_refused") with { Steps = Steps.Count },
                Total("commit_failed", "commit_failures") with { Steps = Steps.Count },
                Total("faults", "faults") with { Steps = Steps.Count }),
            new(
                "rates",
                Course("road", GrafanaUnit.PerSecond, Mean("messages_per_s"), Mean("readings_per_s"), Mean("forwarded_per_s")),
                Course("automation", GrafanaUnit.None, More("decisions"), More("commands_issued"), More("commands_held")) with { IsBars = true, Calculations = ["sum"] }),
            new(
                "errors",
                Course(
                    "errors", GrafanaUnit.None, More("commit_failures"), More("forward_failures"), More("lines_refused"), More("readings_quarantined"), More("mqtt_sessions_lost"),
                    More("mqtt_protocol_errors"), More("faults")) with { Width = 24, Height = 10, IsBars = true, IsStacked = true, Calculations = ["sum"], LegendSortedBy = "Total" }),
            new(
                "durations",
                Course("reading_latency", GrafanaUnit.Milliseconds, Mean("durable_p50_ms"), Max("durable_p99_ms"), Mean("visible_p50_ms"), Max("visible_p99_ms")) with { Width = 8, Height = 9 },
                Course("commit_latency", GrafanaUnit.Milliseconds, Mean("commit_p50_ms"), Max("commit_p99_ms"), Max("commit_max_ms")) with { Width = 8, Height = 9 },
                Course(
                    "command_latency", GrafanaUnit.Milliseconds, Mean("command_published_p50_ms"), Max("command_published_p99_ms"), Mean("command_confirmed_p50_ms"),
                    Max("command_confirmed_p99_ms")) with { Width = 8, Height = 9, LongestGapMs = 7_200_000 }),
            new(
                "books",
                new StatPanel("totals")
                {
                    Width = 24,
                    Height = 4,
                    HasCourse = false,
                    Queries =
                    [
                        .. new[] { "received", "stored", "duplicate", "quarantined", "in_flight", "unexplained", "missing", "refused_by_store", "evicted" }
                            .Select(f => Last($"ledger_{f}") with { Name = $"ledger_{f}" }),
                    ],
                },
                Course("outcomes", GrafanaUnit.None, More("ledger_stored"), More("ledger_duplicate"), More("ledger_quarantined"))
                    with { IsBars = true, IsStacked = true, Calculations = ["sum"] },
                Course("in_flight", GrafanaUnit.None, Max("ledger_in_flight"), Max("open_receipts"), Max("open_points"))),
            new(
                "database",
                Course("spool", GrafanaUnit.Bytes, Max("spool_bytes"), Max("spool_chunks") with { Look = new() { RightUnit = GrafanaUnit.None, IsDashed = true } }) with { Width = 8 },
                Course("spool_wait", GrafanaUnit.Seconds, Max("spool_oldest_s")) with { Width = 8, Steps = Waiting, HasLines = true },
                Course("windows", GrafanaUnit.None, More("rollup_windows"), More("rows_pruned")) with { Width = 8, IsBars = true, Calculations = ["sum"] }),
            new(
                "broker",
                Course("connections", GrafanaUnit.None, Last("mqtt_sessions_ready") with { Look = new() { IsSteps = true } }, Max("mqtt_outgoing"), More("mqtt_connections"), More("mqtt_sessions_lost")) with { Height = 9 },
                Course("published", GrafanaUnit.PerSecond, Query.Course("non_negative_derivative(last(\"mqtt_published\"), 1s)", Schema.Worker, [], where: All) with { Name = "mqtt_published" }) with { Height = 9 }),
            new(
                "computer",
                Course("memory", GrafanaUnit.Bytes, Max("memory_bytes"), Max("gc_heap_bytes")) with { Width = 8 },
                Course("pauses", GrafanaUnit.MillisecondsPerSecond, Query.Course("non_negative_derivative(last(\"gc_pause_ms\"), 1s)", Schema.Worker, [], where: All) with { Name = "gc_pause_ms" }) with { Width = 8 },
                Course("threads", GrafanaUnit.None, Max("threads"), Max("thread_queue")) with { Width = 8 }),
        ],
    };

    private static StatPanel Newest(string key, string field, string unit = GrafanaUnit.None) =>
        new(key) { Width = 4, Height = 4, IsFilled = true, Unit = unit, Queries = [Last(field) with { Name = null }] };

    private static StatPanel Total(string key, string field) =>
        new(key) { Width = 4, Height = 4, IsFilled = true, Calculation = "sum", Queries = [More(field) with { Name = null }] };

    private static CoursePanel Course(string key, string unit, params IReadOnlyList<Query> queries) => new(key) { Unit = unit, Queries = queries };

    private static Query Last(string field) => Of("last", field);

    private static Query Mean(string field) => Of("mean", field);

    private static Query Max(string field) => Of("max", field);

    private static Query Of(string aggregate, string field) => Query.Course($"{aggregate}(\"{field}\")", Schema.Worker, [], where: All) with { Name = field };

    /// <summary>What a counter gained; one that begins anew with a new process counts from there.</summary>
    private static Query More(string field) => Query.Course($"non_negative_difference(last(\"{field}\"))", Schema.Worker, [], where: All) with { Name = field };
}
