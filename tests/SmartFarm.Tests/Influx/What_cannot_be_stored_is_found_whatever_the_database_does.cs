using System.Text;
using System.Text.Json.Nodes;
using SmartFarm.Influx;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Testing;
using SmartFarm.Worker.Influx;
using Xunit;

namespace SmartFarm.Tests.Influx;

/// <summary>Bodies written again and again, as the forwarder does, until the database has them.</summary>
public sealed class What_cannot_be_stored_is_found_whatever_the_database_does
{
    private readonly TestTimeProvider _time = new();

    public static TheoryData<string> Names => [.. Cases.Load("influx", "separation.json").Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task As_the_cases_say(string name)
    {
        var c = Cases.Load("influx", "separation.json")[name];
        var database = new ModelInflux(c["database"]!);
        await using var influx = await ScriptedInflux.StartAsync(database.AnswerAsync);
        using var client = new InfluxClient(influx.Options, _time);
        var sink = new InfluxPointSink(client);
        var (refused, writes, given) = (new List<RefusedLine>(), 0, new List<string>());
        foreach (var bodyRows in c["bodies"]!.AsArray().Select(Rows))
        {
            given.AddRange(bodyRows);
            WriteResult result;
            do
            {
                Assert.True(++writes < 200, "it never comes to an end");
                result = await sink.WriteAsync(Encoding.UTF8.GetBytes(string.Concat(bodyRows.Select(row => row + '\n'))), TestContext.Current.CancellationToken);
                _time.Advance(TimeSpan.FromSeconds((double?)c["pause_s"] ?? 1));
            }
            while (result.Kind == WriteKind.Keep);
            refused.AddRange(result.Refused);
        }

        var lines = refused.ConvertAll(line => Encoding.UTF8.GetString(line.Line.Span));
        var wanted = c["refused"] is JsonArray list ? [.. list.Select(line => (string)line!)]
            : c["refused_field"] is { } field ? given.SelectMany(ModelInflux.Values).Where(value => value.Contains((string)field!))
            : given.Where(row => row.Contains((string)c["refused"]!));
        Assert.Equal(wanted.Order(), lines.Order());
        Assert.Equal(given.SelectMany(ModelInflux.Values).Except(lines.SelectMany(ModelInflux.Values)).Order(), database.Stored.Where(row => !row.StartsWith("worker,")).Order());
        Assert.All(refused, line => Assert.Contains((string?)c["says"] ?? "", line.Reason));
        Assert.InRange(database.Requests, 1, (int)c["requests"]!);
    }

    private static List<string> Rows(JsonNode? body) => body switch
    {
        JsonArray rows => [.. rows.Select(row => (string)row!)],
        _ =>
        [
            .. Enumerable.Range(0, (int)body!["count"]!).Select(i =>
                (i % ((int?)body["every"] ?? int.MaxValue) == ((int?)body["at"] ?? -1) ? (string)body["odd"]! : (string)body["row"]!).Replace("{i}", $"{i}")),
        ],
    };
}
