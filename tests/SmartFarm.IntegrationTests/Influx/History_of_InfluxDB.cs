using System.Buffers;
using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Influx;
using SmartFarm.IntegrationTests.Contracts;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Worker.Influx;
using Xunit;

namespace SmartFarm.IntegrationTests.Influx;

public sealed class History_of_InfluxDB : History_contract, IClassFixture<InfluxFixture>, IAsyncLifetime
{
    private readonly InfluxClient _client;
    private readonly InfluxPointEncoder _encoder = new(NullLogger<InfluxPointEncoder>.Instance);

    public History_of_InfluxDB(InfluxFixture influx)
    {
        _client = new InfluxClient(influx.NewDatabase(), TimeProvider.System);
        History = new InfluxHistory(_client);
    }

    protected override IHistory History { get; }

    public async ValueTask InitializeAsync() =>
        Assert.Empty((await new InfluxSetup(_client).PrepareAsync(TestContext.Current.CancellationToken)).Findings);

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    protected override async Task StoreAsync(params Point[] points)
    {
        var lines = new ArrayBufferWriter<byte>();
        _encoder.Encode(points, lines);
        Assert.Same(WriteResult.AllStored, await new InfluxPointSink(_client).WriteAsync(lines.WrittenMemory, TestContext.Current.CancellationToken));
    }
}
