using SmartFarm.Mqtt;
using SmartFarm.Worker.Settings;

namespace SmartFarm.Worker.Diagnosis;

/// <summary>Whether the broker says that it has thrown messages away: its queues are too short for what devices send while we are away.</summary>
internal sealed class DroppedExamination : IExamination
{
    private const string Topic = "$SYS/broker/publish/messages/dropped";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public string Name => "queues";

    public async Task<Finding> ExamineAsync(SmartFarmSettings settings, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (settings.Broker.Enabled)
        {
            return Finding.Well("those of the embedded broker; it counts what it drops.");
        }

        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        await using var probe = new MqttProbe(settings.Mqtt, Name, Topic, clock);
        try
        {
            await probe.OpenAsync(either.Token);
            return await probe.NextAsync(either.Token) is not { } answer || !long.TryParse(answer, out var dropped) ? NotSaid()
                : dropped == 0 ? Finding.Well("the broker has dropped nothing since it started.")
                : Finding.Mend($"The broker has dropped {dropped} messages since it started: raise max_queued_messages and max_queued_bytes (mosquitto), and look which client is too slow.");
        }
        catch (Exception e) when (e is MqttSessionException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return NotSaid();
        }
    }

    private static Finding NotSaid() =>
        Finding.Unknown("the broker does not tell us what it drops or keeps: make sure that it has persistence and queues for the longest absence of the worker (deploy/mosquitto/mosquitto.conf).");
}
