using Microsoft.Extensions.Logging;

namespace SmartFarm.Mqtt.Broker.Limits;

/// <summary>Counts the connections that the broker had to close and says so in the log, one line in ten seconds for each reason. Thread-safe.</summary>
internal sealed partial class CloseReport(BrokerCounters counters, TimeProvider time, ILogger<MqttBroker> log)
{
    private readonly LogThrottle _takeOvers = new(time);
    private readonly LogThrottle _keepAlives = new(time);
    private readonly LogThrottle _sendTimeouts = new(time);

    /// <summary>Another connection came with the same client id.</summary>
    public void ReportTakeOver(string clientId)
    {
        counters.Add(Counter.TakeOvers);
        if (_takeOvers.IsDue(out var count))
        {
            var name = LogText.Of(clientId);
            Log.TakenOver(log, name, count);
        }
    }

    /// <summary>Nothing came for longer than the keep-alive allows.</summary>
    public void ReportKeepAlive(string clientId, double seconds)
    {
        counters.Add(Counter.KeepAliveTimeouts);
        if (_keepAlives.IsDue(out var count))
        {
            var name = LogText.Of(clientId);
            Log.KeepAlive(log, name, seconds, count);
        }
    }

    /// <summary>The client did not take what was sent.</summary>
    public void ReportSendTimeout(string clientId)
    {
        counters.Add(Counter.SendTimeouts);
        if (_sendTimeouts.IsDue(out var count))
        {
            var name = LogText.Of(clientId);
            Log.SendTimeout(log, name, count);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "The client \"{ClientId}\" connected again; its earlier connection was closed. If that repeats, two clients use the same id. ({Count} such since the last such line)")]
        public static partial void TakenOver(ILogger logger, string clientId, long count);

        [LoggerMessage(Level = LogLevel.Information, Message = "The client \"{ClientId}\" was silent for {Seconds:F1} s, longer than 1.5 times its keep-alive, and was disconnected. ({Count} such since the last such line)")]
        public static partial void KeepAlive(ILogger logger, string clientId, double seconds, long count);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The client \"{ClientId}\" did not take what was sent to it within SendTimeout and was disconnected. ({Count} such since the last such line)")]
        public static partial void SendTimeout(ILogger logger, string clientId, long count);
    }
}
