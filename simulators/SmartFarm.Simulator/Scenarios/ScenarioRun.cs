using Microsoft.Extensions.Logging;
using SmartFarm.Mqtt;
using SmartFarm.Simulator.LockStep;
using SmartFarm.Simulator.Scenarios.Expectations;

namespace SmartFarm.Simulator.Scenarios;

/// <summary>Plays a scenario to a worker that follows its clock, and judges what the worker did. Once.</summary>
public sealed class ScenarioRun : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Scenario _scenario;
    private readonly IServers? _servers;
    private readonly SteppedTime _clock;
    private readonly SimulatedFarm _farm;
    private readonly ClockMaster _master;
    private readonly LockStepRun _run;
    private readonly HttpClient _http;
    private readonly WorkerApi _worker;
    private readonly List<Expectation> _open;
    private readonly List<Verdict> _verdicts = [];
    private readonly Queue<ScenarioEvent> _events;
    private readonly HashSet<Server> _away = [];

    /// <param name="scenario">The scenario.</param>
    /// <param name="broker">Where the broker is.</param>
    /// <param name="root">First level of the topics.</param>
    /// <param name="worker">Address of the worker's API.</param>
    /// <param name="runName">Name of this run, another for each.</param>
    /// <param name="servers">The servers, if they can be taken away; null: they cannot.</param>
    /// <param name="network">Clock of connections.</param>
    /// <param name="loggers">Logs.</param>
    /// <exception cref="SimulatorException">The scenario needs servers that can be taken away.</exception>
    public ScenarioRun(Scenario scenario, MqttSessionOptions broker, string root, Uri worker, string runName, IServers? servers, TimeProvider network, ILoggerFactory loggers)
    {
        if (servers is null && scenario.Events.OfType<ScenarioEvent.ServerMoved>().FirstOrDefault() is { } moved)
        {
            throw new SimulatorException(
                $"The scenario '{scenario.Name}' takes the {moved.Server.ToString().ToLowerInvariant()} away, which cannot be done from here: it is played by the tests (The_library_of_scenarios), with all servers in one process.");
        }

        (_scenario, _servers, _clock) = (scenario, servers, new SteppedTime(scenario.Start));
        var options = new SimulationOptions
        {
            Seed = scenario.Seed,
            Root = root,
            IsStepped = true,
            House = scenario.House,
            Recorded = scenario.Recorded,
            Weather = scenario.Weather,
            Faults = scenario.Faults,
        };
        _farm = new SimulatedFarm(scenario.Farm, broker, options, _clock, loggers, network);
        _master = new ClockMaster(broker, root, runName, Patience, network, loggers);
        _run = new LockStepRun(_farm, _clock, _master);
        _http = new HttpClient { BaseAddress = worker };
        _worker = new WorkerApi(_http, scenario.Start, network);
        _events = new Queue<ScenarioEvent>(scenario.Events);
        _open = [.. scenario.Expectations, new BalanceExpectation(), new PromisesExpectation()];
    }

    /// <summary>How far it has come, 0 to 1.</summary>
    public double Progress => (_clock.GetUtcNow() - _scenario.Start) / _scenario.Duration;

    /// <summary>What the nodes have counted.</summary>
    public SimulationCounts Counts => _farm.Counts;

    /// <summary>Plays it.</summary>
    /// <param name="pacer">Keeps the pace.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>What became of each expectation.</returns>
    /// <exception cref="SimulatorException">The worker does not answer.</exception>
    public async Task<IReadOnlyList<Verdict>> RunAsync(Pacer pacer, CancellationToken cancellationToken)
    {
        await _run.StartAsync(cancellationToken);
        for (var since = TimeSpan.Zero; since < _scenario.Duration;)
        {
            while (_events.TryPeek(out var e) && e.At <= since)
            {
                await HappenAsync(_events.Dequeue(), cancellationToken);
            }

            await _run.StepAsync(_scenario.Step, cancellationToken);
            since += _scenario.Step;
            var moment = new FieldMoment(since, _farm.Look());
            _open.ForEach(expectation => expectation.Look(moment));
            await JudgeAsync(expectation => expectation.At <= since, cancellationToken);
            await pacer.StepAsync(_scenario.Step, cancellationToken);
        }

        await JudgeAsync(_ => true, cancellationToken);
        await _run.StopAsync(cancellationToken);
        return _verdicts;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _farm.DisposeAsync();
        await _master.DisposeAsync();
        _http.Dispose();
    }

    private async Task HappenAsync(ScenarioEvent e, CancellationToken cancellationToken)
    {
        switch (e)
        {
            case ScenarioEvent.KeyTurned key:
                _farm.Turn(key.Site, key.Controller, key.Mode);
                break;
            case ScenarioEvent.ServerMoved { IsUp: false } down:
                _away.Add(down.Server);
                await _servers!.StopAsync(down.Server, cancellationToken);
                await _run.LeaveAsync(_servers.FollowAloneAsync, _away.Contains(Server.Broker), cancellationToken);
                break;
            case ScenarioEvent.ServerMoved up:
                _away.Remove(up.Server);
                await _servers!.StartAsync(up.Server, cancellationToken);
                if (_away.Count == 0)
                {
                    await _run.RejoinAsync(cancellationToken);
                }

                break;
        }
    }

    private async Task JudgeAsync(Func<Expectation, bool> isDue, CancellationToken cancellationToken)
    {
        foreach (var expectation in _open.Where(isDue).ToList())
        {
            _open.Remove(expectation);
            _verdicts.Add(new Verdict(expectation.Says, await expectation.JudgeAsync(_worker, cancellationToken)));
        }
    }
}
