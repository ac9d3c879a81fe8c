using SmartFarm.Domain.Commands;
using SmartFarm.Domain.Wire;
using SmartFarm.Mqtt;
using SmartFarm.Payloads.Native;
using SmartFarm.Pipeline.Commands;

namespace SmartFarm.Worker.Mqtt;

/// <summary>Publishes commands and heartbeats over the control session of their site.</summary>
internal sealed class MqttCommandChannel(NativeTopics topics, TimeProvider clock) : ICommandChannel
{
    private readonly Dictionary<string, IMqttSession> _sessions = new(StringComparer.Ordinal);

    /// <summary>Gives a site its session; before anything is published.</summary>
    public void Use(string site, IMqttSession session) => _sessions[site] = session;

    public async ValueTask PublishAsync(string site, string controllerAddress, Command command, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        using var expiry = new CancellationTokenSource(lifetime, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(expiry.Token, cancellationToken);
        try
        {
            await Session(site).PublishAsync(
                new MqttMessage(topics.Command(site, controllerAddress), NativeCommand.Write(command))
                {
                    Expiry = lifetime,
                    ResponseTopic = topics.Reply(site, controllerAddress),
                    CorrelationData = command.Id.ToByteArray(bigEndian: true),
                },
                either.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException("The broker did not take it before it expired.", e);
        }
    }

    public ValueTask HeartbeatAsync(string site, CancellationToken cancellationToken) => PresenceAsync(site, "online"u8.ToArray(), cancellationToken);

    /// <summary>Tells the controllers of a site that the backend leaves on purpose.</summary>
    public ValueTask LeaveAsync(string site, CancellationToken cancellationToken) => PresenceAsync(site, "offline"u8.ToArray(), cancellationToken);

    private ValueTask PresenceAsync(string site, byte[] payload, CancellationToken cancellationToken) =>
        Session(site).PublishAsync(new MqttMessage(topics.BackendStatus(site), payload) { Retain = true }, cancellationToken);

    private IMqttSession Session(string site) => _sessions.TryGetValue(site, out var session)
        ? session
        : throw new InvalidOperationException($"The site '{site}' has no control session.");
}
