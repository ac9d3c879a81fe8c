using FsCheck;
using FsCheck.Fluent;
using SmartFarm.Pipeline.Telemetry;
using Xunit;

namespace SmartFarm.Tests.Pipeline;

public sealed class Latencies_are_measured
{
    [Fact]
    public void Each_time_falls_into_a_bucket_at_most_a_thirty_second_wider_than_itself() => Prop.ForAll(
        Gen.Choose(0, 36).SelectMany(bits => Gen.Choose(0, int.MaxValue).Select(x => (1L << bits) + (x % (1L << bits)))).ToArbitrary(),
        microseconds =>
        {
            var longest = LatencyHistogram.LongestOf(LatencyHistogram.BucketOf(microseconds));
            return longest >= microseconds && longest - microseconds <= microseconds / 32;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Buckets_follow_each_other_without_a_gap()
    {
        for (var bucket = 1; bucket < LatencyHistogram.Size; bucket++)
        {
            var first = LatencyHistogram.LongestOf(bucket - 1) + 1;
            Assert.Equal((bucket, bucket), (LatencyHistogram.BucketOf(first), LatencyHistogram.BucketOf(LatencyHistogram.LongestOf(bucket))));
        }
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(0)]
    [InlineData(1e8)]
    public void What_is_out_of_range_counts_at_the_end(double hours)
    {
        var histogram = new LatencyHistogram();
        histogram.Record(TimeSpan.FromHours(hours));

        Assert.Equal(1, new LatencyReader(histogram).Take().Count);
    }

    [Fact]
    public void Quantiles_are_those_of_the_sorted_times_and_of_the_last_interval_only() => Prop.ForAll(
        Gen.Choose(0, 5_000_000).NonEmptyListOf().ToArbitrary(),
        times =>
        {
            var histogram = new LatencyHistogram();
            var reader = new LatencyReader(histogram);
            histogram.Record(TimeSpan.FromHours(1));
            reader.Take();
            foreach (var time in times)
            {
                histogram.Record(TimeSpan.FromMicroseconds(time));
            }

            var sorted = times.Order().ToArray();
            var now = reader.Take();
            return now.Count == sorted.Length
                && Fits(now.P50, sorted, 0.5) && Fits(now.P90, sorted, 0.9) && Fits(now.P99, sorted, 0.99) && Fits(now.Max, sorted, 1)
                && reader.Take() == default;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Recording_allocates_nothing()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(TimeSpan.FromMilliseconds(1));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++)
        {
            histogram.Record(TimeSpan.FromMicroseconds(i));
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public async Task From_the_time_of_the_device_until_it_is_durable_but_only_of_what_is_live()
    {
        await using var road = await Road.OpenAsync();
        road.SendClimate("""{"ts":"2026-11-22T07:59:57Z","air_temperature":21}""");
        road.SendClimate("""{"ts":"2026-11-22T02:00:00Z","relative_humidity":60}""");
        road.SendClimate("""{"ts":"2030-01-01T00:00:00Z","air_temperature":21}""");
        await road.SettledAsync();

        var durable = new LatencyReader(road.Metrics.Latencies.Durable).Take();

        Assert.Equal(1, durable.Count);
        Assert.InRange(durable.P50, 3000, 3000 * 33 / 32.0);
    }

    private static bool Fits(double milliseconds, int[] sorted, double share)
    {
        var exact = sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
        return milliseconds * 1000 >= exact && milliseconds * 1000 <= exact * 33 / 32.0;
    }
}
