using System.Threading.Channels;

namespace SmartFarm.Mqtt.Broker.Connections;

/// <summary>Wakes one waiting loop; many calls before it looks count as one, and none is lost. Setting is thread-safe.</summary>
internal sealed class WakeSignal
{
    private readonly Channel<bool> _channel = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });

    public void Set() => _channel.Writer.TryWrite(true);

    /// <summary>No more waiting after this.</summary>
    public void Close() => _channel.Writer.TryComplete();

    /// <summary>Waits until set. False when closed.</summary>
    public async ValueTask<bool> WaitAsync() => await _channel.Reader.WaitToReadAsync() && _channel.Reader.TryRead(out _);
}
