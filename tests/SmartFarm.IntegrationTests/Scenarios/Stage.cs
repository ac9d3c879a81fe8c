using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.IntegrationTests.Broker;
using SmartFarm.Mqtt;
using SmartFarm.Simulator.LockStep;
using SmartFarm.Simulator.Scenarios;
using SmartFarm.Sqlite;
using SmartFarm.Testing;
using SmartFarm.Testing.Servers;
using SmartFarm.Worker.Cli;
using SmartFarm.Worker.Hosting;
using SmartFarm.Worker.Mqtt;
using SmartFarm.Worker.Settings;
using SmartFarm.Worker.Stepping;

namespace SmartFarm.IntegrationTests.Scenarios;

/// <summary>
/// Broker and worker for a scenario. The worker is in this process; so is the broker, unless it is to be taken away and brought back with all that it
/// held: then it is a mosquitto.
/// </summary>
internal sealed class Stage(string farmFolder, DateTimeOffset start, bool keepsSessions = false) : IServers, IAsyncDisposable
{
    public const string RunName = "test";

    private readonly TempFolder _data = new(inMemory: true);
    private readonly Mosquitto _mosquitto = new("allow_anonymous true\nset_tcp_nodelay true");
    private readonly int _freePort = Ports.Free();
    private readonly int _httpPort = Ports.Free();
    private LoopbackBroker? _broker;
    private bool _isBrokerThere;
    private SqliteFolder? _folder;
    private WebApplication? _worker;
    private DateTimeOffset _time = start;

    private int BrokerPort => keepsSessions ? _mosquitto.Port : _freePort;

    public MqttSessionOptions Broker => new() { Host = "127.0.0.1", Port = BrokerPort, ClientId = "sim" };

    public Uri Url => new($"http://127.0.0.1:{_httpPort}/");

    /// <summary>The database, an InfluxDB of version 1; null: the worker keeps its own.</summary>
    public Uri? Influx { get; init; }

    public IServiceProvider Worker => _worker!.Services;

    public async Task StartAsync(Server server, CancellationToken cancellationToken)
    {
        if (server == Server.Broker)
        {
            await StartBrokerAsync();
            return;
        }

        var (farm, rules) = FarmFolder.Require(farmFolder);
        var settings = new SmartFarmSettings
        {
            Clock = { Follow = true },
            Mqtt = { Port = BrokerPort },
            Http = { Port = _httpPort },
            Data = { Directory = _data.Path },
            Influx = { Url = Influx?.ToString(), Version = 1 },
        };
        var time = new SteppedTime(_time);
        _folder = SqliteFolder.Open(_data.Path, new SqliteOptions(), time, NullLoggerFactory.Instance);
        _worker = WorkerHost.BuildStepped(settings, farm, rules, _folder, time, new ClockWord(RunName, 0, _time), TimeProvider.System);
        await _worker.StartAsync(cancellationToken);
    }

    public async Task StopAsync(Server server, CancellationToken cancellationToken)
    {
        if (server == Server.Worker)
        {
            await EndWorkerAsync();
            return;
        }

        await _mosquitto.TerminateAsync(TimeSpan.FromSeconds(10));
        _isBrokerThere = false;
        var field = Worker.GetRequiredService<FieldConnection>();
        await Eventually.Is(() => Task.FromResult(field.Sessions.Any(s => s.Status.State == MqttSessionState.Ready)), isThere => !isThere);
    }

    public async Task FollowAloneAsync(DateTimeOffset time, CancellationToken cancellationToken)
    {
        _time = time;
        if (_worker is not null && !_isBrokerThere)
        {
            await Worker.GetRequiredService<ClockFollower>().FollowAsync(time, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await EndWorkerAsync();
        if (_broker is not null)
        {
            await _broker.DisposeAsync();
        }

        await _mosquitto.DisposeAsync();
        _data.Dispose();
    }

    private async Task StartBrokerAsync()
    {
        _isBrokerThere = true;
        if (keepsSessions)
        {
            await _mosquitto.StartAsync();
        }
        else
        {
            _broker = await LoopbackBroker.StartAsync(port: _freePort);
        }
    }

    private async Task EndWorkerAsync()
    {
        if (_worker is not null)
        {
            await _worker.StopAsync();
            await _worker.DisposeAsync();
            await _folder!.DisposeAsync();
            _worker = null;
        }
    }
}
