using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Domain.Farms;
using SmartFarm.Pipeline.Telemetry;
using SmartFarm.Simulator;
using SmartFarm.Worker.Mqtt;
using SmartFarm.Worker.Settings;

namespace SmartFarm.Worker.Demo;

/// <summary>The simulated field of the demo: makes some hours of history through the real road, then lives on, and shows how far it is.</summary>
internal sealed class DemoFarm : IAsyncDisposable
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(500);
    private readonly SimulatedFarm _farm;
    private readonly TimeSpan _past;
    private readonly TimeProvider _clock;

    public DemoFarm(SmartFarmSettings settings, Farm farm, double speed, TimeSpan past, TimeProvider clock)
    {
        (_past, _clock) = (past, clock);
        var connection = FieldSession.Options(settings.Mqtt, "demo", clock);
        var options = new SimulationOptions { Speed = speed, Root = settings.Mqtt.Root, Past = past, WorldOffset = DemoSeason.Offset(clock.GetUtcNow(), past, speed) };
        _farm = new SimulatedFarm(farm, connection, options, clock, NullLoggerFactory.Instance);
    }

    /// <summary>Runs until the application stops.</summary>
    public async Task RunAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var lifetime = services.GetRequiredService<IHostApplicationLifetime>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping, cancellationToken);
        try
        {
            await services.GetRequiredService<FieldConnection>().WhenReadyAsync(stop.Token);
            var running = _farm.RunAsync(stop.Token);
            await ShowProgressAsync(services.GetRequiredService<WorkerMetrics>(), stop.Token);
            await running;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped while it warmed up.
        }
    }

    public ValueTask DisposeAsync() => _farm.DisposeAsync();

    private async Task ShowProgressAsync(WorkerMetrics metrics, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(ProgressInterval, _clock);
        var isTerminal = !System.Console.IsOutputRedirected;
        while (!_farm.IsLive && await timer.WaitForNextTickAsync(cancellationToken))
        {
            if (isTerminal)
            {
                System.Console.Write($"\rWarming up: {_farm.Reported:P0} of {_past.TotalHours:0.#} h of history, {metrics.ReadingsStored:N0} readings stored   ");
            }
        }

        System.Console.WriteLine($"{(isTerminal ? "\r" : "")}Live: {_farm.Counts.Connected} simulated devices and controllers, {metrics.ReadingsStored:N0} readings stored. Stop with Ctrl+C.          ");
    }
}
