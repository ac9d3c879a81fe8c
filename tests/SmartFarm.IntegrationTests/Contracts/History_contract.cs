using SmartFarm.Pipeline.Storage;
using Xunit;

namespace SmartFarm.IntegrationTests.Contracts;

/// <summary>What every history does, whichever database is behind it. Each test begins with an empty database.</summary>
public abstract class History_contract
{
    private const long Noon = 1_763_812_800_000;
    private static readonly Dictionary<string, string> AnyTags = [];

    /// <summary>Hands out the series that a test stores.</summary>
    protected SeriesCatalog Catalog { get; } = new();

    protected abstract IHistory History { get; }

    /// <summary>Stores points and returns when they can be read.</summary>
    protected abstract Task StoreAsync(params Point[] points);

    [Fact]
    public async Task Nothing_stored_gives_no_series()
    {
        Assert.Empty(await Ask("co2", AnyTags, Noon, Noon + 1000, 0));
    }

    [Fact]
    public async Task Values_come_back_exactly_and_in_order_of_time()
    {
        var series = Telemetry("gh1", "climate-1");
        double[] values = [0.1 + 0.2, -1.5e-7, 1e16, -0.0, 4, double.Epsilon, double.MaxValue];
        await StoreAsync([.. values.Select((value, i) => Point.Of(series, "co2", value, Noon + (i * 250))).Reverse()]);

        var points = Assert.Single(await Ask("co2", AnyTags, Noon, Noon + 10_000, 0)).Points;

        Assert.Equal(values.Select((value, i) => new HistoryPoint(Noon + (i * 250), value)), points);
    }

    [Fact]
    public async Task The_first_instant_is_inside_and_the_last_is_not()
    {
        var series = Telemetry("gh1", "climate-1");
        await StoreAsync([.. Enumerable.Range(-1, 4).Select(i => Point.Of(series, "co2", i, Noon + i))]);

        var points = Assert.Single(await Ask("co2", AnyTags, Noon, Noon + 2, 0)).Points;

        Assert.Equal([new HistoryPoint(Noon, 0), new HistoryPoint(Noon + 1, 1)], points);
    }

    [Fact]
    public async Task A_bucket_is_aligned_to_the_epoch_and_carries_the_mean_at_its_start()
    {
        var series = Telemetry("gh1", "climate-1");
        await StoreAsync(
            Point.Of(series, "co2", 400, Noon + 1), Point.Of(series, "co2", 500, Noon + 59_999), Point.Of(series, "co2", 700, Noon + 60_000));

        var points = Assert.Single(await Ask("co2", AnyTags, Noon, Noon + 120_000, 60_000)).Points;

        Assert.Equal([new HistoryPoint(Noon, 450), new HistoryPoint(Noon + 60_000, 700)], points);
    }

    [Fact]
    public async Task A_bucket_that_begins_before_the_question_counts_only_what_is_asked_for()
    {
        var series = Telemetry("gh1", "climate-1");
        await StoreAsync(Point.Of(series, "co2", 100, Noon + 10_000), Point.Of(series, "co2", 300, Noon + 40_000));

        var points = Assert.Single(await Ask("co2", AnyTags, Noon + 30_000, Noon + 60_000, 60_000)).Points;

        Assert.Equal([new HistoryPoint(Noon, 300)], points);
    }

    [Fact]
    public async Task Empty_buckets_are_left_out()
    {
        var series = Telemetry("gh1", "climate-1");
        await StoreAsync(Point.Of(series, "co2", 1, Noon), Point.Of(series, "co2", 2, Noon + 600_000));

        var points = Assert.Single(await Ask("co2", AnyTags, Noon - 600_000, Noon + 1_200_000, 60_000)).Points;

        Assert.Equal([new HistoryPoint(Noon, 1), new HistoryPoint(Noon + 600_000, 2)], points);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(60_000)]
    public async Task Each_series_answers_for_itself_with_all_its_tags(long step)
    {
        await StoreAsync(
            Point.Of(Telemetry("gh1", "climate-1"), "co2", 1, Noon),
            Point.Of(Telemetry("gh2", "climate-1"), "co2", 2, Noon),
            Point.Of(Telemetry("gh2", "climate-2", "10cm"), "co2", 3, Noon));

        var all = await Ask("co2", AnyTags, Noon, Noon + 1, step);
        var ofZone = await Ask("co2", new() { ["zone"] = "gh2" }, Noon, Noon + 1, step);
        var ofOne = await Ask("co2", new() { ["zone"] = "gh2", ["device"] = "climate-2" }, Noon, Noon + 1, step);

        Assert.Equal([1, 2, 3], all.Select(series => series.Points[0].Value).Order());
        Assert.Equal([2, 3], ofZone.Select(series => series.Points[0].Value).Order());
        Assert.Equal(
            new Dictionary<string, string> { ["site"] = "turkestan-1", ["zone"] = "gh2", ["device"] = "climate-2", ["position"] = "10cm" },
            Assert.Single(ofOne).Tags);
        Assert.Equal(["device", "site", "zone"], all.Single(series => series.Points[0].Value == 1).Tags.Keys.Order());
    }

    [Fact]
    public async Task Only_the_field_and_measurement_asked_for_answer()
    {
        await StoreAsync(
            Point.Of(Telemetry("gh1", "climate-1"), "co2", 1, Noon),
            Point.Of(Telemetry("gh1", "climate-1"), "air_temperature", 2, Noon),
            Point.Of(Catalog.Get(Schema.Climate, ("site", "turkestan-1"), ("zone", "gh1")), "co2", 3, Noon));

        var found = Assert.Single(await Ask("co2", AnyTags, Noon, Noon + 1, 0));

        Assert.Equal([new HistoryPoint(Noon, 1)], found.Points);
    }

    [Fact]
    public async Task Whole_numbers_are_numbers_too()
    {
        var series = Catalog.Get(Schema.Quality, ("site", "turkestan-1"), ("zone", "gh1"), ("check", "range"));
        await StoreAsync(Point.OfInteger(series, "flag", 4, Noon), Point.OfText(series, "detail", "out of range", Noon));

        var found = Assert.Single(await History.ReadAsync(new HistoryQuery(Schema.Quality, "flag", AnyTags, Noon, Noon + 1, 0), Stop));

        Assert.Equal([new HistoryPoint(Noon, 4)], found.Points);
    }

    [Fact]
    public async Task The_same_instant_written_again_replaces_the_value()
    {
        var series = Telemetry("gh1", "climate-1");
        await StoreAsync(Point.Of(series, "co2", 1, Noon));
        await StoreAsync(Point.Of(series, "co2", 2, Noon));

        Assert.Equal([new HistoryPoint(Noon, 2)], Assert.Single(await Ask("co2", AnyTags, Noon, Noon + 1, 0)).Points);
    }

    [Theory]
    [InlineData("gh1' OR 'a'='a")]
    [InlineData("gh1\\")]
    [InlineData("gh1\" OR \"zone\"='gh1")]
    [InlineData("gh1\n; DROP SERIES FROM telemetry")]
    public async Task A_value_with_quotes_is_a_value_and_not_part_of_the_question(string zone)
    {
        await StoreAsync(Point.Of(Telemetry("gh1", "climate-1"), "co2", 1, Noon));

        Assert.Empty(await Ask("co2", new() { ["zone"] = zone }, Noon, Noon + 1, 0));
        Assert.Single(await Ask("co2", AnyTags, Noon, Noon + 1, 0));
    }

    [Fact]
    public async Task All_of_time_may_be_asked_for()
    {
        await StoreAsync(Point.Of(Telemetry("gh1", "climate-1"), "co2", 1, Noon));

        Assert.Single(await Ask("co2", AnyTags, long.MinValue, long.MaxValue, 0));
    }

    [Fact]
    public async Task Rows_come_back_whole_with_their_texts_and_numbers()
    {
        var series = Arbitration("roof_vent");
        await StoreAsync(
            Point.Of(series, "target", 60, Noon), Point.OfText(series, "source", "vent-on-heat@7", Noon), Point.OfText(series, "reason", "29.1 °C > \"28\", 'so'\\", Noon),
            Point.OfInteger(series, "level", 8, Noon + 1), Point.OfText(series, "source", "", Noon + 1),
            Point.OfText(series, "note", "not asked for", Noon + 2));

        var found = Assert.Single(await AskRows(AnyTags, Noon, Noon + 10, 5));

        Assert.Equal("actuator=roof_vent site=turkestan-1", string.Join(' ', found.Tags.Select(t => $"{t.Key}={t.Value}").Order(StringComparer.Ordinal)));
        Assert.Equal(
            [$"{Noon}: reason=29.1 °C > \"28\", 'so'\\ source=vent-on-heat@7 target=60", $"{Noon + 1}: level=8 source="],
            found.Rows.Select(Show));
    }

    [Fact]
    public async Task Of_each_series_the_newest_rows_before_the_end_come_in_order_of_time()
    {
        foreach (var actuator in new[] { "heater", "roof_vent" })
        {
            // Not every row has every field: the newest rows are those of any field.
            await StoreAsync([.. Enumerable.Range(0, 6).Select(i => i % 2 == 0
                ? Point.Of(Arbitration(actuator), "target", i, Noon + i)
                : Point.OfText(Arbitration(actuator), "source", $"{i}", Noon + i))]);
        }

        var all = await AskRows(AnyTags, Noon, Noon + 5, 3);
        var one = await AskRows(new() { ["actuator"] = "heater" }, Noon + 1, Noon + 2, 3);

        Assert.Equal(["heater", "roof_vent"], all.Select(s => s.Tags["actuator"]).Order(StringComparer.Ordinal));
        Assert.All(all, s => Assert.Equal([$"{Noon + 2}: target=2", $"{Noon + 3}: source=3", $"{Noon + 4}: target=4"], s.Rows.Select(Show)));
        Assert.Equal([$"{Noon + 1}: source=1"], Assert.Single(one).Rows.Select(Show));
        Assert.Empty(await AskRows(new() { ["actuator"] = "heater' OR 'a'='a" }, long.MinValue, long.MaxValue, 3));
    }

    private static string Show(HistoryRow row) =>
        $"{row.TimeMs}: {string.Join(' ', row.Texts.Select(t => $"{t.Key}={t.Value}").Concat(row.Numbers.Select(n => $"{n.Key}={n.Value}")).Order(StringComparer.Ordinal))}";

    private Series Arbitration(string actuator) => Catalog.Get("arbitration", ("site", "turkestan-1"), ("actuator", actuator));

    private ValueTask<IReadOnlyList<RowSeries>> AskRows(Dictionary<string, string> tags, long fromMs, long toMs, int newest) =>
        History.ReadRowsAsync(new RowQuery("arbitration", ["target", "level", "source", "reason"], tags, fromMs, toMs, newest), Stop);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Series Telemetry(string zone, string device, string? position = null) =>
        Catalog.Get(Schema.Telemetry, ("site", "turkestan-1"), ("zone", zone), ("device", device), ("position", position));

    private async Task<IReadOnlyList<HistorySeries>> Ask(string field, Dictionary<string, string> tags, long fromMs, long toMs, long stepMs) =>
        await History.ReadAsync(new HistoryQuery(Schema.Telemetry, field, tags, fromMs, toMs, stepMs), Stop);
}
