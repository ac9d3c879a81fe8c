using Microsoft.Extensions.Logging;
using SmartFarm.Domain.Commands;
using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;
using SmartFarm.Mqtt;
using SmartFarm.Simulator.Controllers;
using SmartFarm.Simulator.Devices;
using SmartFarm.Simulator.Faults;
using SmartFarm.Simulator.LockStep;
using SmartFarm.Simulator.Scenarios.Expectations;
using SmartFarm.Simulator.World;

namespace SmartFarm.Simulator;

/// <summary>
/// A farm that is not there: a house for each zone, and each device and controller as an MQTT client of its own that speaks the native
/// topics and obeys commands. Everything goes over the wire. Members are thread-safe; <see cref="RunAsync"/> runs once.
/// </summary>
public sealed class SimulatedFarm : IAsyncDisposable
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PastStep = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(5);

    private readonly SimulationOptions _options;
    private readonly TimeProvider _time;
    private readonly TimeProvider _network;
    private readonly List<AnswerMark> _marks;
    private readonly DateTimeOffset _start;
    private readonly SimulatedSite[] _sites;
    private readonly List<NodeLink> _links;
    private readonly List<Postbox> _postboxes;
    private readonly Dictionary<(string Site, string Device), DeviceNode> _devices;
    private readonly Dictionary<(string Site, string Controller), SimulatedController> _controllers;

    /// <summary>Builds the farm; nothing is connected yet.</summary>
    /// <param name="farm">The farm.</param>
    /// <param name="connection">Where the broker is. Its client id is the beginning of the client ids of all nodes.</param>
    /// <param name="options">How it is simulated.</param>
    /// <param name="time">The clock of what goes over the wire.</param>
    /// <param name="loggers">Logs.</param>
    /// <param name="network">The clock of the connections; null: the same.</param>
    /// <exception cref="SimulatorException">A fault cannot be played in this farm.</exception>
    public SimulatedFarm(Farm farm, MqttSessionOptions connection, SimulationOptions options, TimeProvider time, ILoggerFactory loggers, TimeProvider? network = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Speed);
        var builder = new FarmBuilder(new FaultBook(options.Faults, farm, options.Seed), connection, options, time, network ?? time, loggers);
        (_options, _time, _network, _start, _marks) = (options, time, network ?? time, time.GetUtcNow(), builder.Marks);
        _sites = [.. farm.Sites.Select(builder.Build)];
        (_links, _postboxes, _devices, _controllers) = (builder.Links, builder.Postboxes, builder.Devices, builder.Controllers);
    }

    /// <summary>What has been counted so far.</summary>
    public SimulationCounts Counts => new(
        _links.Count,
        _links.Count(link => link.IsConnected),
        _links.Sum(link => link.Acknowledged),
        _links.Sum(link => link.Lost),
        _controllers.Values.Sum(controller => controller.Commands),
        _controllers.Values.Sum(controller => controller.BadCommands),
        _postboxes.Sum(postbox => postbox.Lost));

    /// <summary>How much of the <see cref="SimulationOptions.Past"/> has been reported, 0 to 1.</summary>
    public double Reported { get; private set; }

    /// <summary>Whether the past is done and the farm lives in the present.</summary>
    public bool IsLive { get; private set; }

    /// <summary>What a node without connection says about it; null when all are connected.</summary>
    public string? Trouble => _links.FirstOrDefault(link => !link.IsConnected)?.Reason;

    /// <summary>Completes when every node is connected. Start <see cref="RunAsync"/> first.</summary>
    /// <exception cref="MqttSessionException">The broker refused a node for good.</exception>
    public Task WhenReadyAsync(CancellationToken cancellationToken) => Task.WhenAll(_links.Select(link => link.WhenReadyAsync(cancellationToken)));

    /// <summary>Turns the key at a controller: local and manual mode refuse the backend.</summary>
    /// <exception cref="KeyNotFoundException">There is no such controller.</exception>
    public void Turn(string site, string controller, ControlMode mode) => _controllers[(site, controller)].Turn(mode, _time.GetUtcNow());

    /// <summary>Lets a device report values given by hand, in canonical units, beside its interval.</summary>
    /// <exception cref="KeyNotFoundException">There is no such device.</exception>
    public void Say(string site, string device, IReadOnlyList<KeyValuePair<Quantity, double>> values) => _devices[(site, device)].Say(values, _time.GetUtcNow());

    /// <summary>Runs until cancelled, then says goodbye for every node. Returns normally when cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        Start();
        using var timer = new PeriodicTimer(_options.Tick, _time);
        try
        {
            await LiveThroughPastAsync(cancellationToken);
            do
            {
                Array.ForEach(_sites, site => site.Tick(_time.GetUtcNow()));
            }
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException)
        {
            // The one way out.
        }

        await StopAsync();
    }

    /// <summary>Connects, to be led step by step.</summary>
    internal void Start() => _links.ForEach(link => link.Start());

    /// <summary>Moves the world to what the clock shows, and lets the devices measure.</summary>
    internal void Step() => Array.ForEach(_sites, site => site.Tick(_time.GetUtcNow()));

    /// <summary>The houses as they really are.</summary>
    internal IReadOnlyList<ZoneTruth> Look() => [.. _sites.SelectMany(site => site.Look())];

    /// <summary>Completes when every node has lost its broker.</summary>
    internal Task WhenDownAsync(CancellationToken cancellationToken) => Task.WhenAll(_links.Select(link => link.WhenAsync(static () => false, cancellationToken)));

    /// <summary>Messages that the nodes were given to send, so far.</summary>
    internal long Given => _links.Sum(link => link.Given);

    /// <summary>Completes when the broker has all that connected nodes were given to send.</summary>
    internal async Task SentAsync(CancellationToken cancellationToken)
    {
        foreach (var link in _links)
        {
            await link.SentAsync(cancellationToken);
        }
    }

    /// <summary>Completes when all controllers that are connected have got what the worker had sent before it answered a word of the clock.</summary>
    internal async Task HeardAsync(long number, CancellationToken cancellationToken)
    {
        foreach (var mark in _marks)
        {
            await mark.HeardAsync(number, cancellationToken);
        }
    }

    /// <summary>Says goodbye for every node.</summary>
    internal async Task StopAsync()
    {
        using var patience = new CancellationTokenSource(Farewell, _network);
        await Task.WhenAll(_links.Select(link => link.StopAsync(patience.Token)));
    }

    private async Task LiveThroughPastAsync(CancellationToken cancellationToken)
    {
        if (_options.Past > TimeSpan.Zero)
        {
            await WhenReadyAsync(cancellationToken);
        }

        for (var passed = TimeSpan.Zero; passed < _options.Past; passed += PastStep)
        {
            Array.ForEach(_sites, site => site.Tick(_start - _options.Past + passed));
            Reported = passed / _options.Past;
            while (_links.Exists(link => link.Waiting > _options.Outbox / 2))
            {
                await Task.Delay(Breath, _time, cancellationToken);
            }
        }

        (Reported, IsLive) = (1, true);
    }

    /// <summary>Closes all connections. Cancel <see cref="RunAsync"/> and await it first.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var link in _links)
        {
            await link.DisposeAsync();
        }
    }
}
