using SmartFarm.Mqtt;
using SmartFarm.Worker.Settings;

namespace SmartFarm.Worker.Diagnosis;

/// <summary>
/// What we publish comes back to us. mosquitto grants subscriptions that its ACL then never delivers, so a granted one proves nothing. The
/// message goes to the presence topic of a site that no farm has, and is not retained.
/// </summary>
internal sealed class DeliveryExamination : IExamination
{
    private const string Site = "smartfarm-doctor";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public string Name => "delivery";

    public async Task<Finding> ExamineAsync(SmartFarmSettings settings, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (settings.Broker.Enabled)
        {
            return Finding.Well("the embedded broker delivers to everyone.");
        }

        var topic = $"{settings.Mqtt.Root}/{Site}/backend/status";
        var account = string.IsNullOrEmpty(settings.Mqtt.Username) ? "anonymous clients" : $"the account '{settings.Mqtt.Username}'";
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        await using var probe = new MqttProbe(settings.Mqtt, Name, topic, clock);
        try
        {
            await probe.OpenAsync(either.Token);
            await probe.PublishAsync(topic, "canary", either.Token);
            return await probe.NextAsync(either.Token) is not null
                ? Finding.Well("a message that we published came back.")
                : Finding.Mend($"A message published on '{topic}' was taken and never delivered, although the subscription was granted: the ACL of the broker must let {account} read and write {settings.Mqtt.Root}/+/backend/status and read what devices publish (deploy/mosquitto/acl).");
        }
        catch (Exception e) when (e is MqttPublishException or MqttSessionException)
        {
            return Finding.Mend($"The broker does not let {account} use '{topic}': {e.Message.TrimEnd('.')}. See deploy/mosquitto/acl for the rights that are needed.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Finding.Unknown("the broker cannot be reached.");
        }
    }
}
