using System.Collections.Concurrent;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Http;
using SmartFarm.Influx;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Testing;
using SmartFarm.Worker.Influx;
using Xunit;

namespace SmartFarm.Tests.Influx;

public sealed class Bad_rows_are_told_from_good_ones
{
    private readonly ConcurrentDictionary<string, int> _stored = new();

    [Theory]
    [InlineData(400, true)]
    [InlineData(400, false)]
    [InlineData(422, true)]
    public void Whichever_rows_are_bad_the_good_are_stored_and_the_bad_are_named(int status, bool storesGoodRowsOfBadBody)
    {
        var picks = Gen.Choose(0, 3).ListOf(40).Select(list => list.Select(x => x == 0).ToArray());
        Prop.ForAll(picks.ToArbitrary(), isBad =>
        {
            _stored.Clear();
            var rows = isBad.Select((bad, i) => $"m,n={i} f={(bad ? "bad" : "1")} 1").ToList();
            var result = RunAsync(rows, (sent, good, bad) => bad.Count == 0 ? (204, true) : (status, storesGoodRowsOfBadBody)).GetAwaiter().GetResult();

            Assert.Equal(WriteKind.Stored, result.Kind);
            Assert.Equal(rows.Where(row => row.Contains("bad")).Order(), Text(result).Order());
            Assert.Equal(rows.Where(row => !row.Contains("bad")).Order(), _stored.Keys.Order());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(15));
    }

    [Theory]
    [InlineData(5000, 1, 30)]
    [InlineData(5000, 20, 420)]
    public async Task Few_bad_rows_among_many_take_few_requests(int count, int badRows, int mostRequests)
    {
        var rows = Enumerable.Range(0, count).Select(i => $"m,n={i} f={(i % (count / badRows) == 77 ? "bad" : "1")} 1").ToList();
        var requests = 0;

        var result = await RunAsync(rows, (_, _, bad) =>
        {
            requests++;
            return bad.Count == 0 ? (204, true) : (400, true);
        });

        Assert.Equal(badRows, result.Refused.Count);
        Assert.All(result.Refused, refused => Assert.Contains("unable to parse", refused.Reason));
        Assert.InRange(requests, 2, mostRequests);
    }

    [Fact]
    public async Task When_too_many_are_bad_groups_of_which_the_good_rows_are_stored_are_refused_and_say_so()
    {
        var rows = Enumerable.Range(0, 4000).Select(i => $"m,n={i} f={(i % 2 == 0 ? "bad" : "1")} 1").ToList();
        var requests = 0;

        var result = await RunAsync(
            rows,
            (_, _, bad) =>
            {
                requests++;
                return bad.Count == 0 ? (204, true) : (400, true);
            },
            "partial write: unable to parse 'x' dropped=0");

        Assert.InRange(requests, 2, (2 * Separation.MaxHalvings) + 1);
        Assert.Equal(rows.Where(row => !row.Contains("bad")).Order(), _stored.Keys.Order());
        Assert.All(rows.Where(row => row.Contains("bad")), row => Assert.Contains(row, Text(result)));
        Assert.Contains(result.Refused, refused => refused.Reason.StartsWith("in a group of "));
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_halved_until_it_fits()
    {
        var rows = Enumerable.Range(0, 1000).Select(i => $"m,n={i} f=1 1").ToList();

        var result = await RunAsync(rows, (sent, _, _) => sent.Body.Length > 900 ? (413, false) : (204, true));

        Assert.Equal(WriteKind.Stored, result.Kind);
        Assert.Empty(result.Refused);
        Assert.Equal(rows.Order(), _stored.Keys.Order());
    }

    [Fact]
    public async Task A_row_that_is_too_large_alone_is_refused_and_its_neighbours_are_stored()
    {
        var rows = new List<string> { "m,n=1 f=1 1", $"m,n=2 f=\"{new string('x', 2000)}\" 1", "m,n=3 f=1 1" };

        var result = await RunAsync(rows, (sent, _, _) => sent.Body.Length > 900 ? (413, false) : (204, true));

        Assert.Equal([rows[1]], Text(result));
        Assert.Contains("larger than the database takes", result.Refused[0].Reason);
        Assert.Equal([rows[0], rows[2]], _stored.Keys.Order());
    }

    [Fact]
    public async Task A_row_with_a_line_feed_in_its_text_is_one_row()
    {
        var rows = new List<string> { "m,n=1 f=\"a\nb\" 1", "m,n=2 f=bad 1", "m,n=3 f=\"\n\" 1" };

        var result = await RunAsync(rows, (_, _, bad) => bad.Count == 0 ? (204, true) : (400, false));

        Assert.Equal([rows[1]], Text(result));
    }

    [Fact]
    public async Task An_outage_in_the_middle_keeps_everything()
    {
        var rows = Enumerable.Range(0, 100).Select(i => $"m,n={i} f={(i == 3 ? "bad" : "1")} 1").ToList();
        var requests = 0;

        var result = await RunAsync(rows, (_, _, bad) => ++requests > 4 ? (503, false) : bad.Count == 0 ? (204, true) : (400, true));

        Assert.Equal(WriteKind.Keep, result.Kind);
        Assert.Empty(result.Refused);
        Assert.Equal(5, requests);
    }

    [Fact]
    public async Task A_database_that_refuses_the_request_itself_blames_no_row()
    {
        var rows = Enumerable.Range(0, 8).Select(i => $"m,n={i} f=1 1").ToList();

        var result = await RunAsync(rows, (_, _, _) => (400, false), "org must be given");

        Assert.Equal(WriteKind.Keep, result.Kind);
        Assert.Contains("org must be given", result.Reason);
        Assert.Empty(result.Refused);
    }

    [Fact]
    public async Task A_single_row_that_cannot_be_parsed_is_refused()
    {
        var result = await RunAsync(["m f=bad 1"], (_, _, _) => (400, false));

        Assert.Equal(["m f=bad 1"], Text(result));
        Assert.EndsWith("refused 1 of 1 rows.", result.Reason);
    }

    private static IEnumerable<string> Text(WriteResult result) => result.Refused.Select(refused => Encoding.UTF8.GetString(refused.Line.Span));

    /// <summary>Writes the rows to a fake that judges each body: which status, and whether its good rows are stored all the same.</summary>
    private async Task<WriteResult> RunAsync(
        List<string> rows, Func<Sent, List<string>, List<string>, (int Status, bool StoresGood)> judge, string error = "unable to parse 'x'")
    {
        await using var influx = await ScriptedInflux.StartAsync(async (http, sent) =>
        {
            var body = Encoding.UTF8.GetBytes(sent.Body);
            var all = LineProtocolLines.Split(body).Select(range => Encoding.UTF8.GetString(body.AsSpan(range))).ToList();
            var (bad, good) = (all.Where(row => row.Contains("bad")).ToList(), all.Where(row => !row.Contains("bad")).ToList());
            var (status, storesGood) = judge(sent, good, bad);
            foreach (var row in storesGood ? good : [])
            {
                _stored[row] = 1;
            }

            http.Response.StatusCode = status;
            if (status >= 400)
            {
                await http.Response.WriteAsJsonAsync(new { code = "invalid", message = error });
            }
        });
        using var client = new InfluxClient(influx.Options, new TestTimeProvider());
        return await new InfluxPointSink(client).WriteAsync(Encoding.UTF8.GetBytes(string.Concat(rows.Select(row => row + '\n'))), TestContext.Current.CancellationToken);
    }
}
