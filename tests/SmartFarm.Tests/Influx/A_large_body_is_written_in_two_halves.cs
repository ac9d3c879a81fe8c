using System.Text;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Worker.Influx;
using Xunit;

namespace SmartFarm.Tests.Influx;

public sealed class A_large_body_is_written_in_two_halves
{
    private const int Series = 50;
    private static readonly byte[] Large = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 10_000).Select(i => $"telemetry,site=t\\ 1,device=d{i % Series} air_temperature={i}.5 {i}\n")));

    [Fact]
    public async Task With_all_rows_of_a_series_in_one_half_in_their_order()
    {
        var inner = new Recorder();

        Assert.Equal(WriteResult.AllStored, await new SplitSink(inner).WriteAsync(Large, default));

        Assert.Equal(2, inner.Bodies.Count);
        var halves = inner.Bodies.Select(body => body.TrimEnd('\n').Split('\n')).ToArray();
        Assert.All(halves, half => Assert.InRange(half.Length, 2_000, 8_000));
        Assert.Empty(halves[0].Select(SeriesOf).Intersect(halves[1].Select(SeriesOf)));
        Assert.All(halves, half => Assert.Equal(half.OrderBy(TimeOf), half));
        Assert.Equal(Encoding.UTF8.GetString(Large).TrimEnd('\n').Split('\n'), halves[0].Concat(halves[1]).OrderBy(TimeOf));
    }

    [Fact]
    public async Task And_a_small_one_in_one()
    {
        var inner = new Recorder();

        await new SplitSink(inner).WriteAsync(Large.AsMemory(0, 1_000), default);

        Assert.Equal(1_000, Assert.Single(inner.Bodies).Length);
    }

    [Theory]
    [InlineData("stored", "stored", "stored")]
    [InlineData("stored", "keep", "keep")]
    [InlineData("keep 5", "stored", "keep 5")]
    [InlineData("keep 5", "keep 60", "keep 60")]
    [InlineData("keep 60", "keep 5", "keep 60")]
    [InlineData("keep", "keep 5", "keep 5")]
    [InlineData("refused 1", "stored", "refused 1")]
    [InlineData("refused 1", "refused 2", "refused 3")]
    [InlineData("refused 1", "keep", "keep")]
    public async Task Whose_answers_become_one(string first, string second, string expected)
    {
        var result = await new SplitSink(new Recorder(first, second)).WriteAsync(Large, default);

        Assert.Equal(expected, Text(result));
        Assert.Equal(expected == "stored", result.Reason.Length == 0);
    }

    [Fact]
    public async Task Until_one_is_not_taken_which_is_then_sent_whole_until_it_is()
    {
        var inner = new Recorder("stored", "keep", "keep", "stored", "stored", "stored");
        var sink = new SplitSink(inner);
        for (var i = 0; i < 4; i++)
        {
            await sink.WriteAsync(Large, default);
        }

        Assert.Equal([false, false, true, true, false, false], inner.Bodies.Select(body => body.Length == Large.Length));
    }

    private static string SeriesOf(string row) => row[..row.IndexOf(" air", StringComparison.Ordinal)];

    private static int TimeOf(string row) => int.Parse(row[(row.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture);

    private static string Text(WriteResult result) => result switch
    {
        { Kind: WriteKind.Keep, RetryAfter: { } wait } => $"keep {wait.TotalSeconds}",
        { Kind: WriteKind.Keep } => "keep",
        { Refused.Count: > 0 } => $"refused {result.Refused.Count}",
        _ => "stored",
    };

    private sealed class Recorder(params string[] answers) : IPointSink
    {
        public List<string> Bodies { get; } = [];

        public ValueTask<WriteResult> WriteAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellationToken)
        {
            Bodies.Add(Encoding.UTF8.GetString(lines.Span));
            var answer = answers.Length == 0 ? "stored" : answers[Bodies.Count - 1];
            var number = answer.Contains(' ', StringComparison.Ordinal) ? int.Parse(answer.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture) : (int?)null;
            return new(answer.Split(' ')[0] switch
            {
                "stored" => WriteResult.AllStored,
                "keep" => new WriteResult(WriteKind.Keep, "It is busy.", number is { } wait ? TimeSpan.FromSeconds(wait) : null, []),
                _ => new WriteResult(WriteKind.Stored, "It refused some.", null, [.. Enumerable.Repeat(new RefusedLine(lines[..10], "bad"), number!.Value)]),
            });
        }
    }
}
