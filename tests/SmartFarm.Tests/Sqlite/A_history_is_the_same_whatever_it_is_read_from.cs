using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Pipeline.Rollup;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Sqlite;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Sqlite;

/// <summary>Windows that are made, still to be made, or that the values are gone from: nobody who asks can tell.</summary>
public sealed class A_history_is_the_same_whatever_it_is_read_from
{
    private const long Minute = 60_000;
    private const long Hour = 60 * Minute;
    private const long Noon = 1_763_812_800_000;

    private static readonly Gen<(long TimeMs, double Value)> Values =
        from second in Gen.Choose(-9_000, 18_000)
        from number in Gen.Choose(-1000, 1000)
        select (Noon + (second * 1000L), number / 8.0);

    private static readonly Gen<(List<(long, double)> Values, int MadeUntil)> Steps =
        from values in Values.ListOf()
        from minutes in Gen.Choose(-200, 400)
        select (values, minutes);

    [Fact]
    public void For_any_part_of_time_and_any_step()
    {
        var questions =
            from second in Gen.Choose(-10_000, 18_000)
            from length in Gen.Choose(0, 28_000)
            from step in Gen.Elements(0, 10_000, Minute, 90_000, 2 * Minute, 15 * Minute, 30 * Minute, 40 * Minute, Hour, 2 * Hour)
            select (From: Noon + (second * 1000L), To: Noon + ((second + length) * 1000L), Step: step);
        var cases = Gen.Zip(Steps.ListOf(), questions.ListOf());
        Prop.ForAll(cases.ToArbitrary(), c => CheckAsync(c.Item1, c.Item2, new RetentionOptions()).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(20));
    }

    [Fact]
    public void For_whole_hours_even_when_values_and_shorter_windows_are_gone()
    {
        var questions =
            from hour in Gen.Choose(-3, 4)
            from length in Gen.Choose(0, 8)
            from step in Gen.Elements(Hour, 2 * Hour, 3 * Hour)
            select (From: Noon + (hour * Hour), To: Noon + ((hour + length) * Hour), Step: step);
        var cases = Gen.Zip(Steps.ListOf(), questions.ListOf());
        var shortLived = new RetentionOptions { Raw = TimeSpan.FromHours(2), Minutes = TimeSpan.FromHours(3), Quarters = TimeSpan.FromHours(4) };
        Prop.ForAll(cases.ToArbitrary(), c => CheckAsync(c.Item1, c.Item2, shortLived).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(20));
    }

    private static async Task CheckAsync(List<(List<(long TimeMs, double Value)> Values, int MadeUntil)> steps, List<(long From, long To, long Step)> questions, RetentionOptions keep)
    {
        using var directory = new TempFolder(inMemory: true);
        await using var folder = SqliteFolder.Open(directory.Path, new SqliteOptions(), new TestTimeProvider(), NullLoggerFactory.Instance);
        var series = new SeriesCatalog().Get(Schema.Telemetry, ("device", "a"));
        var all = new SortedDictionary<long, double>();
        var now = long.MinValue;
        foreach (var (values, madeUntil) in steps)
        {
            var batch = new StoreBatch();

            // A time that has come before is left out: once its value is gone nobody knows that it was there.
            foreach (var (time, value) in values.Where(v => all.TryAdd(v.TimeMs, v.Value)))
            {
                batch.Add(Point.Of(series, "co2", value, time));
            }

            await folder.EmbeddedStore.CommitAsync(batch, default);
            now = Math.Max(now, Noon + (madeUntil * Minute));
            foreach (var level in RollupLevel.All)
            {
                while (await folder.Rollups.RollUpAsync(level, now, default) > 0)
                {
                }
            }

            while (await folder.Retention.PruneAsync(keep, now, default) > 0)
            {
            }
        }

        foreach (var (from, to, step) in questions)
        {
            var answer = await folder.History.ReadAsync(new HistoryQuery(Schema.Telemetry, "co2", new Dictionary<string, string>(), from, to, step), default);
            var expected = all.Where(v => v.Key >= from && v.Key < to).GroupBy(v => step == 0 ? v.Key : v.Key - (v.Key % step), v => v.Value)
                .Select(g => (g.Key, Mean: Math.Round(g.Average(), 9))).ToList();
            Assert.Equal(expected, answer.SelectMany(s => s.Points).Select(p => (p.TimeMs, Math.Round(p.Value, 9))));
        }
    }
}
