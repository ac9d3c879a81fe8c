using System.Buffers;
using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Influx;
using SmartFarm.IntegrationTests.Contracts;
using SmartFarm.Pipeline.Rollup;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Sqlite;
using SmartFarm.Testing;
using SmartFarm.Worker.Influx;
using Xunit;

namespace SmartFarm.IntegrationTests.Influx;

public sealed class Rollups_of_InfluxDB(InfluxFixture influx) : Rollup_contract, IClassFixture<InfluxFixture>
{
    protected override async Task<IRolledUpDatabase> OpenAsync() => new Database(await influx.PreparedAsync(), new SqliteOptions());

    internal sealed class Database : IRolledUpDatabase
    {
        private readonly InfluxClient _client;
        private readonly TempFolder _directory = new();
        private readonly SqliteFolder _folder;
        private readonly NotingSink _sink;
        private readonly InfluxPointEncoder _encoder = new(NullLogger<InfluxPointEncoder>.Instance);

        public Database(InfluxClient client, SqliteOptions options)
        {
            _client = client;
            _folder = SqliteFolder.Open(_directory.Path, options, TimeProvider.System, NullLoggerFactory.Instance);
            _sink = new NotingSink(new InfluxPointSink(client), _folder.RollupNotes);
            Rollups = new InfluxRollups(
                client, new InfluxPointSink(client), _folder.RollupNotes, NullLogger<InfluxRollups>.Instance, NullLogger<InfluxPointEncoder>.Instance);
        }

        public SeriesCatalog Catalog { get; } = new();

        public IRollups Rollups { get; }

        public async Task StoreAsync(params Point[] points)
        {
            var lines = new ArrayBufferWriter<byte>();
            _encoder.Encode(points, lines);
            Assert.Same(WriteResult.AllStored, await _sink.WriteAsync(lines.WrittenMemory, default));
        }

        public async Task<Dictionary<(string Device, string Field, long WindowMs), RolledUp>> WindowsAsync(RollupLevel level)
        {
            var windows = new Dictionary<(string, string, long), RolledUp>();
            foreach (var series in await _client.QueryAsync($"SELECT * FROM {level.Measurement(Schema.Telemetry)} GROUP BY *", default))
            {
                foreach (var row in series.Rows)
                {
                    foreach (var field in series.Columns.Where(column => column.EndsWith("_count")).Select(column => column[..^"_count".Length]))
                    {
                        var cell = (string name) => row[series.Columns.ToList().IndexOf(name)];
                        if (cell(field).Kind == InfluxValueKind.Number)
                        {
                            windows.Add(
                                (series.Tags["device"], field, row[0].Integer),
                                new RolledUp(cell(field).Number, cell(field + "_min").Number, cell(field + "_max").Number, cell(field + "_count").Number));
                        }
                    }
                }
            }

            return windows;
        }

        public async ValueTask DisposeAsync()
        {
            _client.Dispose();
            await _folder.DisposeAsync();
            _directory.Dispose();
        }
    }
}

public sealed class Rollups_of_InfluxDB_with_hardly_any_room_for_notes(InfluxFixture influx) : Rollup_contract, IClassFixture<InfluxFixture>
{
    protected override async Task<IRolledUpDatabase> OpenAsync() => new Rollups_of_InfluxDB.Database(await influx.PreparedAsync(), new SqliteOptions { MaxDirtyWindows = 2 });
}
