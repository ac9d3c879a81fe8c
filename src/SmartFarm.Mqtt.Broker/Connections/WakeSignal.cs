using System.Threading.Channels;

namespace SmartFarm.Mqtt.Broker.Connections;

/// <summary>Wakes one waiting loop; many calls before it looks count as one. Waking is thread-safe and cheap when already awake.</summary>
internal sealed class WakeSignal
{
    private readonly Channel<bool> _channel = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });
    private int _isSet;

    public void Set()
    {
        if (Volatile.Read(ref _isSet) == 0 && Interlocked.Exchange(ref _isSet, 1) == 0)
        {
            _channel.Writer.TryWrite(true);
        }
    }

    /// <summary>No more waiting after this.</summary>
    public void Close() => _channel.Writer.TryComplete();

    /// <summary>Waits until set. False when closed.</summary>
    public async ValueTask<bool> WaitAsync()
    {
        if (!await _channel.Reader.WaitToReadAsync())
        {
            return false;
        }

        Interlocked.Exchange(ref _isSet, 0);
        _channel.Reader.TryRead(out _);
        return true;
    }
}
