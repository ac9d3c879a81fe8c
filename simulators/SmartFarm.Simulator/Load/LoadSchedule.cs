namespace SmartFarm.Simulator.Load;

/// <summary>
/// Which message is due when, and whose it is: message n of all is due at n / rate. Connections take turns in bursts of a few messages of different devices, so that
/// one write carries a burst. Nothing is stored: a load that falls behind costs no memory.
/// </summary>
internal sealed class LoadSchedule
{
    /// <summary>Longest burst; below the 20 messages that mosquitto takes unacknowledged by itself.</summary>
    private const int LongestBurst = 16;

    private readonly double _rate;
    private readonly long _connections;
    private readonly long _burst;

    public LoadSchedule(LoadOptions options)
    {
        (_rate, _connections) = (options.Rate, options.Connections);
        _burst = Math.Clamp(options.Devices / options.Connections, 1, LongestBurst);
        Total = (long)Math.Floor((options.Rate * options.Duration.TotalSeconds) + 1e-6);
    }

    /// <summary>Messages in all.</summary>
    public long Total { get; }

    /// <summary>Messages due by a time since the start.</summary>
    public long Due(TimeSpan elapsed) => Math.Min(Total, 1 + (long)(elapsed.TotalSeconds * _rate));

    /// <summary>How many of the first messages are a connection's.</summary>
    public long Share(int connection, long messages)
    {
        var (rounds, rest) = Math.DivRem(messages, _burst * _connections);
        return (rounds * _burst) + Math.Clamp(rest - (connection * _burst), 0, _burst);
    }

    /// <summary>When a connection's message is due, since the start.</summary>
    /// <param name="connection">Number of the connection.</param>
    /// <param name="message">Number of the message among the connection's own, from 0.</param>
    public TimeSpan DueTime(int connection, long message)
    {
        var (round, place) = Math.DivRem(message, _burst);
        return TimeSpan.FromSeconds(((((round * _connections) + connection) * _burst) + place) / _rate);
    }
}
