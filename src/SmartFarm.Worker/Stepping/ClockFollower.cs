using System.Threading.Channels;
using SmartFarm.Mqtt;
using SmartFarm.Pipeline.Automation;
using SmartFarm.Pipeline.Commands;
using SmartFarm.Simulator.LockStep;
using SmartFarm.Worker.Mqtt;
using SmartFarm.Worker.Settings;

namespace SmartFarm.Worker.Stepping;

/// <summary>
/// Keeps the worker in step with a simulation. A word of the clock comes through every session, so that what was sent before it has been
/// taken in; then rules and desk work that off, time moves on, what is due happens, and the word is answered behind all that was sent.
/// </summary>
internal sealed partial class ClockFollower(
    SmartFarmSettings settings,
    SteppedTime clock,
    ClockWord first,
    RuleWorker rules,
    CommandDesk desk,
    FieldConnection field,
    IHostApplicationLifetime lifetime,
    ILogger<ClockFollower> log) : BackgroundService
{
    /// <summary>The next word is told after the answer to the last, so that more than one is a repetition.</summary>
    private const int MostWaiting = 8;

    private readonly Channel<ClockWord> _words = Channel.CreateBounded<ClockWord>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest });
    private long _answered = -1;

    /// <summary>The word that was answered last; -1: none.</summary>
    public long Answered => Interlocked.Read(ref _answered);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        field.Words.Passed += word => _words.Writer.TryWrite(word);
        return base.StartAsync(cancellationToken);
    }

    /// <summary>
    /// Works off what has come, moves time on, and works off what was due. Public for a simulation in the same process whose broker is away:
    /// then no word can come, and nothing is waited for that has to leave. One caller at a time.
    /// </summary>
    public async Task FollowAsync(DateTimeOffset time, CancellationToken cancellationToken)
    {
        await SettleAsync(cancellationToken);
        if (time > clock.GetUtcNow())
        {
            clock.AdvanceTo(time);
            await SettleAsync(cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var word in _words.Reader.ReadAllAsync(stoppingToken))
        {
            if (word.Run != first.Run && Answered < first.Number)
            {
                // The broker kept it for our session from an earlier simulation.
                continue;
            }

            if (word.Run != first.Run)
            {
                Log.OtherRun(log, word.Run, first.Run);
                lifetime.StopApplication();
                return;
            }

            if (word.Number > Answered)
            {
                await FollowAsync(word.Time, stoppingToken);
                Interlocked.Exchange(ref _answered, word.Number);
                await field.AnswerAsync(new MqttMessage(ClockWord.AnswerTopic(settings.Mqtt.Root), word.Write()), stoppingToken);
            }
        }
    }

    private async Task SettleAsync(CancellationToken cancellationToken)
    {
        await rules.SettleAsync(cancellationToken);
        await desk.SettleAsync(field.Trouble is null, cancellationToken);
        if (field.Trouble is null)
        {
            await field.BeatenAsync(cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The clock of another simulation ({Other}) is told; this worker follows {Run}, whose time it cannot leave. It stops: start it anew.")]
        public static partial void OtherRun(ILogger logger, string other, string run);
    }
}
