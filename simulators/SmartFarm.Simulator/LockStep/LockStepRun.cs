namespace SmartFarm.Simulator.LockStep;

/// <summary>
/// Leads a simulated farm and a worker through time in equal steps, so that neither waits for the other and neither runs ahead: the same
/// farm, worker and seed give the same course at any speed.
/// </summary>
/// <param name="farm">The farm, made with <see cref="SimulationOptions.IsStepped"/> and the clock below.</param>
/// <param name="clock">The clock of the farm.</param>
/// <param name="master">Tells the worker the time.</param>
public sealed class LockStepRun(SimulatedFarm farm, SteppedTime clock, ClockMaster master)
{
    private const int MostExchanges = 1000;
    private Func<DateTimeOffset, CancellationToken, Task>? _alone;
    private bool _isBrokerAway;
    private long _given = -1;

    /// <summary>How many steps were made.</summary>
    public long Steps { get; private set; }

    /// <summary>Connects everyone; completes when the worker has answered the time of the start.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await master.StartAsync(cancellationToken);
        farm.Start();
        await farm.WhenReadyAsync(cancellationToken);
        await ExchangeAsync(clock.GetUtcNow(), cancellationToken);
    }

    /// <summary>
    /// One step: the clock moves on and what is due happens at the worker; its commands reach the controllers; the world moves and the
    /// devices measure; the worker works that off, and what it then commands reaches the controllers in the same step.
    /// </summary>
    public async Task StepAsync(TimeSpan step, CancellationToken cancellationToken)
    {
        var time = clock.GetUtcNow() + step;
        if (_alone is { } alone)
        {
            clock.AdvanceTo(time);
            await alone(time, cancellationToken);
            await EchoAsync(cancellationToken);
            farm.Step();
            await farm.SentAsync(cancellationToken);
        }
        else
        {
            await TellAsync(time, () => clock.AdvanceTo(time), cancellationToken);
            farm.Step();
            await SettleAsync(cancellationToken);
        }

        Steps++;
    }

    /// <summary>From now on the worker cannot be told the time, since it or the broker has just gone: the field lives on without.</summary>
    /// <param name="alone">What is done in each step instead.</param>
    /// <param name="isBrokerAway">Whether the broker has gone; completes when all nodes have noticed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task LeaveAsync(Func<DateTimeOffset, CancellationToken, Task> alone, bool isBrokerAway, CancellationToken cancellationToken)
    {
        (_alone, _isBrokerAway) = (alone, isBrokerAway);
        if (isBrokerAway)
        {
            await farm.WhenDownAsync(cancellationToken);
            await master.WhenDownAsync(cancellationToken);
        }
    }

    /// <summary>Worker and broker are there again: completes when everyone is connected and the worker has answered.</summary>
    public async Task RejoinAsync(CancellationToken cancellationToken)
    {
        (_alone, _isBrokerAway) = (null, false);
        await master.WhenReadyAsync(cancellationToken);
        await farm.WhenReadyAsync(cancellationToken);
        await farm.SentAsync(cancellationToken);
        await ExchangeAsync(clock.GetUtcNow(), cancellationToken);
    }

    /// <summary>What the broker itself says to controllers, such as the will of the worker, reaches them in the step too.</summary>
    private async Task EchoAsync(CancellationToken cancellationToken)
    {
        if (!_isBrokerAway)
        {
            await master.WhenReadyAsync(cancellationToken);
            await master.EchoAsync(clock.GetUtcNow(), cancellationToken);
            await farm.HeardAsync(master.Number, cancellationToken);
        }
    }

    /// <summary>Lets the worker work off what was sent, until nobody sends anything more. The clock stands.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        await farm.SentAsync(cancellationToken);
        for (var exchanges = 0; farm.Given != _given; exchanges++)
        {
            if (exchanges == MostExchanges)
            {
                throw new SimulatorException($"At {clock.GetUtcNow():yyyy-MM-dd HH:mm:ss} worker and controllers answered each other {MostExchanges} times without an end: look at /api/commands.");
            }

            await ExchangeAsync(clock.GetUtcNow(), cancellationToken);
        }
    }

    /// <summary>Says goodbye for all nodes, and ends the simulation.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await farm.StopAsync();
        await master.StopAsync(cancellationToken);
    }

    private Task ExchangeAsync(DateTimeOffset time, CancellationToken cancellationToken) => TellAsync(time, static () => { }, cancellationToken);

    private async Task TellAsync(DateTimeOffset time, Action before, CancellationToken cancellationToken)
    {
        _given = farm.Given;
        before();
        await master.TellAsync(time, cancellationToken);
        await farm.HeardAsync(master.Number, cancellationToken);
        await farm.SentAsync(cancellationToken);
    }
}
