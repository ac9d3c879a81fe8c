using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using SmartFarm.Agronomy;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Agronomy;

/// <summary>Runs <c>tests/cases/agronomy/sun.json</c>. Day periods, irrigation and lamps hang on these instants.</summary>
public sealed class The_sun_rises_when_almanacs_say
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private static readonly CaseFile Cases = JsonSerializer.Deserialize<CaseFile>(
        File.ReadAllText(Repository.PathOf("tests", "cases", "agronomy", "sun.json")), Web)!;

    [Fact]
    public void Sunrise_noon_and_sunset_are_within_seconds_of_published_ones()
    {
        Assert.All(Cases.Days, it =>
        {
            var day = SolarDay.At(it.Latitude, it.Longitude, it.At.ToUnixTimeMilliseconds());
            Near(it.Sunrise, day.SunriseMs, it.Seconds);
            Near(it.Noon, day.NoonMs, Math.Min(it.Seconds, 5));
            Near(it.Sunset, day.SunsetMs, it.Seconds);
        });

        static void Near(DateTimeOffset? expected, long actualMs, double seconds)
        {
            if (expected is { } time)
            {
                Assert.InRange((actualMs - time.ToUnixTimeMilliseconds()) / 1000.0, -seconds, seconds);
            }
        }
    }

    [Fact]
    public void The_elevation_is_that_of_the_literature()
    {
        Assert.All(Cases.Elevations, it =>
            Assert.Equal(it.Elevation, SolarPosition.Elevation(it.Latitude, it.Longitude, it.At.ToUnixTimeMilliseconds()), 0.02));
    }

    [Fact]
    public void Beyond_the_polar_circles_the_sun_stays_up_or_down()
    {
        Assert.All(Cases.Polar, it =>
        {
            var atMs = it.At.ToUnixTimeMilliseconds();
            var day = SolarDay.At(it.Latitude, it.Longitude, atMs);
            Assert.Equal((it.Day, !it.Day, it.Day), (day.IsPolarDay, day.IsPolarNight, day.IsUp(atMs)));
        });
    }

    [Fact]
    public void The_sun_stands_on_the_horizon_at_sunrise_and_highest_at_noon_wherever_and_whenever()
    {
        Prop.ForAll(Anywhere, at =>
        {
            var day = SolarDay.At(at.Latitude, at.Longitude, at.Ms);
            double Height(long ms) => SolarPosition.Elevation(at.Latitude, at.Longitude, ms);
            var isOnHorizon = day.IsPolarDay || day.IsPolarNight
                || (Math.Abs(Height(day.SunriseMs) + 0.833) < 0.02 && Math.Abs(Height(day.SunsetMs) + 0.833) < 0.02);
            return isOnHorizon
                && Math.Abs(at.Ms - day.NoonMs) <= 43_260_000
                && Math.Abs(SolarPosition.SolarHour(at.Longitude, day.NoonMs) - 12) < 0.01
                && day == SolarDay.At(at.Latitude, at.Longitude, day.NoonMs);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Asking_allocates_nothing()
    {
        SolarDay.At(43.3, 68.25, 0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            SolarDay.At(43.3, 68.25, i * 86_400_000L);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static Arbitrary<(double Latitude, double Longitude, long Ms)> Anywhere => Arb.From(
        from latitude in Gen.Choose(-600, 600)
        from longitude in Gen.Choose(-1800, 1800)
        from minutes in Gen.Choose(0, 52_560_000)
        select (latitude / 10.0, longitude / 10.0, minutes * 60_000L));

    private sealed record CaseFile(Day[] Days, Height[] Elevations, Polar[] Polar);

    private sealed record Day(double Latitude, double Longitude, DateTimeOffset At, DateTimeOffset? Sunrise, DateTimeOffset? Noon, DateTimeOffset? Sunset, double Seconds);

    private sealed record Height(double Latitude, double Longitude, DateTimeOffset At, double Elevation);

    private sealed record Polar(double Latitude, double Longitude, DateTimeOffset At, bool Day);
}
