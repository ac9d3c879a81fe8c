using System.Text;
using SmartFarm.Influx;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Worker.Influx;
using Xunit;

namespace SmartFarm.IntegrationTests.Influx;

internal static class ClientExtensions
{
    /// <summary>Writes rows through the sink.</summary>
    public static async Task<WriteResult> SinkAsync(this InfluxClient client, params IEnumerable<string> rows) =>
        await new InfluxPointSink(client).WriteAsync(Encoding.UTF8.GetBytes(string.Concat(rows.Select(row => row + '\n'))), TestContext.Current.CancellationToken);

    /// <summary>The number in the only cell behind the time of the only row.</summary>
    public static async Task<long> NumberAsync(this InfluxClient client, string query) =>
        Assert.Single(await client.QueryAsync(query, TestContext.Current.CancellationToken)).Rows.Single()[1].Integer;
}
