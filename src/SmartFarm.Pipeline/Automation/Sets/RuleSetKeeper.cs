using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmartFarm.Pipeline.Clocks;
using SmartFarm.Rules;

namespace SmartFarm.Pipeline.Automation.Sets;

/// <summary>The rules folder of the farm.</summary>
public interface IRuleFolder
{
    /// <summary>Whether there is a farm folder at all.</summary>
    bool Exists { get; }

    /// <summary>Whether a changed folder takes effect by itself.</summary>
    bool IsFollowed { get; }

    /// <summary>What is in it now.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    RuleSetFiles Read();
}

/// <summary>
/// Puts the rule sets to work: at the start those of before, later what people promote, what changes in the rules folder, and what a guard takes back.
/// The folder is looked at every two seconds, and taken when it has stood still for as long, so that a half-saved file is not read. A farm without a folder, as tests and
/// stories have it, goes on with the rules that the program was given. Starts before the rules.
/// </summary>
public sealed partial class RuleSetKeeper(RuleSets sets, RuleWorker rules, RuleBook given, IRuleFolder folder, TimeProvider clock, ILogger<RuleSetKeeper> log, MachineTime? machine = null)
    : BackgroundService
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(2);
    private readonly TimeProvider _pauses = machine?.Provider ?? clock;
    private readonly Channel<GuardTrip> _trips = Channel.CreateBounded<GuardTrip>(new BoundedChannelOptions(100) { FullMode = BoundedChannelFullMode.DropWrite });
    private string _taken = "";
    private string _seen = "";
    private string? _trouble;

    /// <summary>Puts to work what was at work before.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        sets.Changed += rules.Use;
        rules.GuardTripped += trip => _trips.Writer.TryWrite(trip);
        if (!folder.Exists)
        {
            sets.Begin(new LoadedSet(0, given));
            await base.StartAsync(cancellationToken);
            return;
        }

        var files = folder.Read();
        (_taken, _seen) = (files.Fingerprint, files.Fingerprint);
        await sets.BeginAsync(files, folder.IsFollowed, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Looks at the folder once; takes it when it has changed and stood still since the last look.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        RuleSetFiles files;
        try
        {
            files = folder.Read();
            _trouble = null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (_trouble != e.Message)
            {
                _trouble = e.Message;
                Log.Unreadable(log, e.Message);
            }

            return;
        }

        var isStill = files.Fingerprint == _seen;
        _seen = files.Fingerprint;
        if (isStill && _seen != _taken)
        {
            await sets.FollowAsync(files, cancellationToken);
            _taken = _seen;
        }
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(FollowAsync(stoppingToken), GuardAsync(stoppingToken));

    private async Task FollowAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookInterval, _pauses);
        while (folder is { Exists: true, IsFollowed: true } && await timer.WaitForNextTickAsync(stoppingToken))
        {
            await TryAsync(() => LookAsync(stoppingToken));
        }
    }

    private async Task GuardAsync(CancellationToken stoppingToken)
    {
        await foreach (var trip in _trips.Reader.ReadAllAsync(stoppingToken))
        {
            await TryAsync(() => sets.UndoAsync(trip, stoppingToken));
        }
    }

    private async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.Fault(log, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The rules folder cannot be read, so its changes are not seen; the rules go on as they are. {Reason}")]
        public static partial void Unreadable(ILogger logger, string reason);

        [LoggerMessage(LogLevel.Error, "A change of the rule sets could not be taken.")]
        public static partial void Fault(ILogger logger, Exception exception);
    }
}
