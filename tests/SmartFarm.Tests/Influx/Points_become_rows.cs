using System.Buffers;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Worker.Influx;
using Xunit;

namespace SmartFarm.Tests.Influx;

public sealed class Points_become_rows
{
    private readonly SeriesCatalog _catalog = new();
    private readonly InfluxPointEncoder _encoder = new(NullLogger<InfluxPointEncoder>.Instance);
    private readonly ArrayBufferWriter<byte> _output = new();

    [Fact]
    public void Neighbours_with_the_same_series_and_time_share_a_row()
    {
        var (a, b) = (Telemetry("a"), Telemetry("b"));

        Assert.Equal("""
            telemetry,device=a,site=s,zone=z co2=400,ph=6.5 1
            telemetry,device=a,site=s,zone=z co2=401 2
            telemetry,device=b,site=s,zone=z co2=402 2
            telemetry,device=a,site=s,zone=z ph=6 2

            """, Encode(Point.Of(a, "co2", 400, 1), Point.Of(a, "ph", 6.5, 1), Point.Of(a, "co2", 401, 2), Point.Of(b, "co2", 402, 2), Point.Of(a, "ph", 6, 2)));
    }

    [Fact]
    public void A_field_given_twice_begins_a_row_so_that_the_later_one_wins()
    {
        var a = Telemetry("a");

        Assert.Equal("""
            telemetry,device=a,site=s,zone=z co2=1,ph=7 1
            telemetry,device=a,site=s,zone=z co2=2 1

            """, Encode(Point.Of(a, "co2", 1, 1), Point.Of(a, "ph", 7, 1), Point.Of(a, "co2", 2, 1)));
    }

    [Fact]
    public void Each_kind_of_field_has_its_type()
    {
        var quality = _catalog.Get(Schema.Quality, ("check", "range"));

        Assert.Equal("quality,check=range flag=4i,value=99.5,detail=\"above \\\"70\\\"\" 1\n", Encode(
            Point.OfInteger(quality, "flag", 4, 1), Point.Of(quality, "value", 99.5, 1), Point.OfText(quality, "detail", "above \"70\"", 1)));
    }

    [Fact]
    public void What_cannot_be_written_is_counted_and_spoils_nothing_else()
    {
        var (good, bad) = (Telemetry("a"), Telemetry("a\\"));

        Assert.Equal("telemetry,device=a,site=s,zone=z ph=7 1\n", Encode(
            Point.Of(good, "ph", 7, 1), Point.Of(bad, "co2", 1, 1), Point.Of(bad, "ph", 1, 1)));
        Assert.Equal(2, _encoder.Refused);
    }

    [Fact]
    public void Nothing_is_allocated_per_point_once_the_series_are_known()
    {
        var series = Enumerable.Range(0, 100).Select(i => Telemetry($"d{i}")).ToArray();
        var points = Enumerable.Range(0, 5000).Select(i => Point.Of(series[i % 100], "air_temperature", i / 7.0, i)).ToArray();
        var output = new ArrayBufferWriter<byte>(2_000_000);
        for (var i = 0; i < 3; i++)
        {
            output.ResetWrittenCount();
            _encoder.Encode(points, output);
        }

        output.ResetWrittenCount();
        var before = GC.GetAllocatedBytesForCurrentThread();
        _encoder.Encode(points, output);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(5000, output.WrittenSpan.Count((byte)'\n'));
    }

    private Series Telemetry(string device) => _catalog.Get(Schema.Telemetry, ("site", "s"), ("zone", "z"), ("device", device));

    private string Encode(params Point[] points)
    {
        _encoder.Encode(points, _output);
        return Encoding.UTF8.GetString(_output.WrittenSpan);
    }
}
