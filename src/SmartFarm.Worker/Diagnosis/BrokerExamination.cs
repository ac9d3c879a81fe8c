using SmartFarm.Mqtt;
using SmartFarm.Worker.Mqtt;
using SmartFarm.Worker.Settings;
using Microsoft.Extensions.Logging.Abstractions;

namespace SmartFarm.Worker.Diagnosis;

/// <summary>The broker can be reached and lets us in.</summary>
internal sealed class BrokerExamination : IExamination
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public string Name => "broker";

    public async Task<Finding> ExamineAsync(SmartFarmSettings settings, TimeProvider clock, CancellationToken cancellationToken)
    {
        var where = $"{settings.Mqtt.Host}:{settings.Mqtt.Port}";
        if (settings.Broker.Enabled)
        {
            return new Finding(true, $"embedded, on {settings.Broker.Address}:{settings.Broker.Port} while the worker runs.");
        }

        var options = FieldSession.Options(settings.Mqtt, $"smartfarm-doctor-{Environment.ProcessId}", clock) with { SessionExpiry = TimeSpan.Zero };
        await using var session = new MqttSession(options, null, clock, NullLogger<MqttSession>.Instance);
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            session.Start();
            await session.WhenReadyAsync(either.Token);
            await session.StopAsync(cancellationToken);
            return new Finding(true, $"{where} answers and lets us in.");
        }
        catch (MqttSessionException e)
        {
            return new Finding(false, $"{where}: {e.Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Finding(false, $"{where}: {session.Status.Reason.Split(" Next attempt")[0].TrimEnd('.')}. Start the broker, or set SmartFarm__Mqtt__Host and SmartFarm__Mqtt__Port.");
        }
    }
}
