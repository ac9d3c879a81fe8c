using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Mqtt;
using SmartFarm.Worker.Mqtt;
using SmartFarm.Worker.Settings;

namespace SmartFarm.Worker.Diagnosis;

/// <summary>A short session with the broker under a client id of its own, with one subscription.</summary>
internal sealed class MqttProbe : IMqttReceiver, IAsyncDisposable
{
    private readonly Channel<string> _received = Channel.CreateBounded<string>(new BoundedChannelOptions(16) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly MqttSession _session;

    public MqttProbe(MqttSettings settings, string name, string filter, TimeProvider clock)
    {
        var options = FieldSession.Options(settings, $"smartfarm-doctor-{name}-{Environment.ProcessId}", clock) with { SessionExpiry = TimeSpan.Zero, Subscriptions = [filter] };
        _session = new MqttSession(options, this, clock, NullLogger<MqttSession>.Instance);
    }

    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        _session.Start();
        await _session.WhenReadyAsync(cancellationToken);
    }

    public ValueTask PublishAsync(string topic, string payload, CancellationToken cancellationToken) =>
        _session.PublishAsync(new MqttMessage(topic, Encoding.UTF8.GetBytes(payload)), cancellationToken);

    /// <summary>The next payload; null when none comes.</summary>
    public async Task<string?> NextAsync(CancellationToken patience)
    {
        try
        {
            return await _received.Reader.ReadAsync(patience);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    public void OnMessage(in ReceivedMessage message)
    {
        _received.Writer.TryWrite(Encoding.UTF8.GetString(message.Payload));
        _session.Acknowledge(message.Ticket);
    }

    public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public void OnProtocolError(string reason, ReadOnlySpan<byte> bytes)
    {
    }

    public ValueTask DisposeAsync() => _session.DisposeAsync();
}
