using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Mqtt;
using SmartFarm.Simulator.LockStep;
using SmartFarm.Worker.Mqtt;
using SmartFarm.Worker.Settings;

namespace SmartFarm.Worker.Stepping;

/// <summary>Hears what time it is in the simulation, before anything of the worker is built: nothing in it may have seen another.</summary>
internal sealed class ClockJoin : IMqttReceiver
{
    private readonly TaskCompletionSource<ClockWord> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private MqttSession? _session;

    /// <summary>Waits for the first word of the clock, as long as it takes.</summary>
    public static async Task<ClockWord> FirstAsync(SmartFarmSettings settings, TimeProvider machine, CancellationToken cancellationToken)
    {
        var join = new ClockJoin();
        var options = FieldSession.Options(settings.Mqtt, $"smartfarm-clock-{Environment.ProcessId}", machine) with
        {
            SessionExpiry = TimeSpan.Zero,
            Subscriptions = [ClockWord.TimeTopic(settings.Mqtt.Root)],
        };
        await using var session = new MqttSession(options, join, machine, NullLogger<MqttSession>.Instance);
        join._session = session;
        session.Start();
        return await join._first.Task.WaitAsync(cancellationToken);
    }

    void IMqttReceiver.OnMessage(in ReceivedMessage message)
    {
        if (ClockWord.TryRead(message.Payload, out var word))
        {
            _first.TrySetResult(word);
        }

        _session?.Acknowledge(message.Ticket);
    }

    ValueTask IMqttReceiver.FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    void IMqttReceiver.OnProtocolError(string reason, ReadOnlySpan<byte> bytes)
    {
        // The session connects anew; the worker's own sessions will say what is wrong.
    }
}
