using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmartFarm.Pipeline.Clocks;
using SmartFarm.Pipeline.Telemetry;

namespace SmartFarm.Pipeline.Storage;

/// <summary>
/// Group commit: everything that comes while one commit runs goes into the next. After a commit its receipts are settled, in order of
/// arrival. When the store fails the batch is kept and tried again, for ever, with growing pauses; meanwhile nothing is acknowledged, and
/// the bound on the open batch makes the sources wait, so that the broker holds what cannot be taken.
/// </summary>
public sealed partial class StoreRunner(IDurableStore store, WorkerMetrics metrics, TimeProvider clock, ILogger<StoreRunner> log, MachineTime? machine = null)
    : BackgroundService, IOpenReadings
{
    /// <summary>Points that may wait for a commit before sources have to wait.</summary>
    public const int MostOpenPoints = 100_000;

    /// <summary>Points in the open batch from which on the worker's own are dropped.</summary>
    public const int MostOwnPoints = 2 * MostOpenPoints;

    /// <summary>Bytes of refused messages that may wait for a commit before sources have to wait.</summary>
    public const long MostOpenBytes = 32 << 20;

    // A commit costs the same for one message as for twenty, so a few wait a little for more. Many do not: they may be all that the broker sends before it is answered.
    private static readonly TimeSpan BetweenCommits = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan BetweenSmallCommits = TimeSpan.FromMilliseconds(20);
    private const int SmallCommit = 16;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);
    private const int WorthCommittingAtOnce = 5_000;

    private readonly TimeProvider _pauses = machine?.Provider ?? clock;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _something = new(0, 1);
    private StoreBatch _open = new();
    private StoreBatch _committing = new();
    private TaskCompletionSource _room = Completed();
    private string? _trouble;
    private long _committedReadings;
    private int _hasDropped;
    private bool _isPauseOver;

    /// <summary>What keeps the store from committing, in a sentence; null when it works.</summary>
    public string? Trouble => Volatile.Read(ref _trouble);

    /// <summary>Adds to the next commit. <paramref name="add"/> must be short and must not block.</summary>
    public void Add<TState>(TState state, Action<StoreBatch, TState> add)
        where TState : allows ref struct
    {
        lock (_gate)
        {
            var (before, pause) = (_open.ReceiptCount, Pause());
            var wasEmpty = _open.IsEmpty;
            try
            {
                add(_open, state);
            }
            finally
            {
                metrics.ReceiptsOpened(_open.ReceiptCount - before);
                _open.Touch(clock);
                if (wasEmpty || Pause() < pause)
                {
                    Signal();
                }
            }

            if ((_open.Points.Length >= MostOpenPoints || _open.QuarantinedBytes >= MostOpenBytes) && _room.Task.IsCompleted)
            {
                _room = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    /// <summary>
    /// Adds what the worker itself has to say (decisions, commands, its counters). Nobody can send that again later and nobody may wait with
    /// it, so while nothing can be committed it is taken beyond the bound of the sources, up to <see cref="MostOwnPoints"/>; then it is
    /// dropped, which is logged and counted as a fault.
    /// </summary>
    public void AddOwn<TState>(TState state, Action<StoreBatch, TState> add)
    {
        bool hasRoom;
        lock (_gate)
        {
            hasRoom = _open.Points.Length < MostOwnPoints;
        }

        if (hasRoom)
        {
            Add(state, add);
            return;
        }

        metrics.Fault();
        if (Interlocked.Exchange(ref _hasDropped, 1) == 0)
        {
            Log.OwnDropped(log, MostOwnPoints);
        }
    }

    /// <summary>Completes when the open batch has room: the place where sources wait.</summary>
    public ValueTask WaitForRoomAsync(CancellationToken cancellationToken)
    {
        var room = Volatile.Read(ref _room).Task;
        return room.IsCompleted ? ValueTask.CompletedTask : new ValueTask(room.WaitAsync(cancellationToken));
    }

    /// <inheritdoc/>
    public OpenReadings Open()
    {
        lock (_gate)
        {
            var open = new Dictionary<string, long>(StringComparer.Ordinal);
            foreach (var (account, counts) in _open.Ledger.Concat(_committing.Ledger))
            {
                open[account] = open.GetValueOrDefault(account) + counts.Received;
            }

            return new OpenReadings(open, metrics.ReadingsReceived - _committedReadings - open.Values.Sum());
        }
    }

    /// <summary>Points that wait for the next commit, refused bytes that do, and how long the oldest of all that is open has waited.</summary>
    public (int Points, long Bytes, TimeSpan Oldest) Depth()
    {
        lock (_gate)
        {
            var oldest = _committing.OpenedAt ?? _open.OpenedAt;
            return (_open.Points.Length, _open.QuarantinedBytes, oldest is { } at ? clock.GetElapsedTime(at) : TimeSpan.Zero);
        }
    }

    /// <summary>Whether there is room for more.</summary>
    public bool HasRoom => Volatile.Read(ref _room).Task.IsCompleted;

    /// <summary>Commits what is left, once; what the store does not take then is not acknowledged, and the broker sends it again.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            while (Swap())
            {
                await store.CommitAsync(_committing, cancellationToken);
                Settle();
            }
        }
        catch (Exception e)
        {
            Log.LeftUnstored(log, _committing.ReceiptCount, e.Message);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var timer = _pauses.CreateTimer(_ => EndPause(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        long? last = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            await _something.WaitAsync(stoppingToken);
            if (!Interlocked.Exchange(ref _isPauseOver, false) && last is { } before && PauseNow() - _pauses.GetElapsedTime(before) is var early && early > TimeSpan.Zero)
            {
                timer.Change(early, Timeout.InfiniteTimeSpan);
                continue;
            }

            if (Swap())
            {
                last = _pauses.GetTimestamp();
                await CommitAsync(stoppingToken);
            }
        }
    }

    /// <summary>How long after the last commit the open batch is committed.</summary>
    private TimeSpan Pause() =>
        _open.Points.Length >= WorthCommittingAtOnce ? TimeSpan.Zero : _open.ReceiptCount >= SmallCommit ? BetweenCommits : BetweenSmallCommits;

    private TimeSpan PauseNow()
    {
        lock (_gate)
        {
            return Pause();
        }
    }

    private bool Swap()
    {
        if (!_committing.IsEmpty)
        {
            return true;
        }

        lock (_gate)
        {
            (_open, _committing) = (_committing, _open);
            _room.TrySetResult();
        }

        return !_committing.IsEmpty;
    }

    private async Task CommitAsync(CancellationToken cancellationToken)
    {
        for (var pause = FirstPause; ; pause = pause < LongestPause ? pause * 2 : LongestPause)
        {
            var start = _pauses.GetTimestamp();
            try
            {
                await store.CommitAsync(_committing, cancellationToken);
                metrics.Commit(_pauses.GetElapsedTime(start));
                break;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                metrics.CommitFailed();
                if (Interlocked.Exchange(ref _trouble, e.Message) != e.Message)
                {
                    Log.CommitFailed(log, e.Message);
                }

                await Task.Delay(pause, _pauses, cancellationToken);
            }
        }

        Volatile.Write(ref _hasDropped, 0);
        if (Interlocked.Exchange(ref _trouble, null) is not null)
        {
            Log.CommitsAgain(log);
        }

        Settle();
    }

    private void Settle()
    {
        foreach (var run in _committing.Receipts)
        {
            run.Settle();
        }

        metrics.ReceiptsOpened(-_committing.ReceiptCount);
        foreach (var measured in _committing.Live)
        {
            metrics.Latencies.Durable.Record(clock.GetElapsedTime(measured));
        }

        lock (_gate)
        {
            foreach (var counts in _committing.Ledger.Values)
            {
                _committedReadings += counts.Received;
            }

            _committing.Clear();
        }
    }

    private void EndPause()
    {
        Volatile.Write(ref _isPauseOver, true);
        Signal();
    }

    private void Signal()
    {
        if (_something.CurrentCount == 0)
        {
            try
            {
                _something.Release();
            }
            catch (SemaphoreFullException)
            {
                // Another thread has just said the same.
            }
        }
    }

    private static TaskCompletionSource Completed()
    {
        var completed = new TaskCompletionSource();
        completed.SetResult();
        return completed;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Nothing can be stored: {Reason} Messages are not acknowledged until this is mended; nothing is lost while the broker holds them.")]
        public static partial void CommitFailed(ILogger logger, string reason);

        [LoggerMessage(LogLevel.Error, "At the stop {Messages} messages could not be stored and were not acknowledged; the broker sends them again. {Reason}")]
        public static partial void LeftUnstored(ILogger logger, int messages, string reason);

        [LoggerMessage(LogLevel.Error, "More than {Points} points wait for the store: the worker's own records (decisions, commands, counters) are not kept until it commits again.")]
        public static partial void OwnDropped(ILogger logger, int points);

        [LoggerMessage(LogLevel.Information, "The store commits again.")]
        public static partial void CommitsAgain(ILogger logger);
    }
}
