using Microsoft.Extensions.Logging;
using SmartFarm.Mqtt.Broker.Sessions;

namespace SmartFarm.Mqtt.Broker.Limits;

/// <summary>Counts every message that is dropped and says so in the log, one line in ten seconds for each reason. Thread-safe.</summary>
internal sealed partial class DropReport(BrokerCounters counters, TimeProvider time, ILogger<MqttBroker> log)
{
    private readonly LogThrottle _offline = new(time);
    private readonly LogThrottle _slow = new(time);
    private readonly LogThrottle _inAll = new(time);
    private readonly LogThrottle _retained = new(time);
    private readonly LogThrottle _ended = new(time);

    public void Report(string clientId, OfferResult result)
    {
        switch (result)
        {
            case OfferResult.OfflineQos0:
                counters.AddDropped(MqttDropReason.OfflineQos0);
                break;
            case OfferResult.FullQos0:
                counters.AddDropped(MqttDropReason.FullQos0);
                break;
            case OfferResult.OfflineFull:
                counters.AddDropped(MqttDropReason.OfflineFull);
                if (_offline.IsDue(out var offline))
                {
                    Log.OfflineFull(log, LogText.Of(clientId), offline);
                }

                break;
            case OfferResult.SlowSubscriber:
                counters.AddDropped(MqttDropReason.SlowSubscriber);
                if (_slow.IsDue(out var slow))
                {
                    Log.SlowSubscriber(log, LogText.Of(clientId), slow);
                }

                break;
            case OfferResult.NoRoomInAll:
                counters.AddDropped(MqttDropReason.NoRoomInAll);
                if (_inAll.IsDue(out var inAll))
                {
                    Log.NoRoomInAll(log, LogText.Of(clientId), inAll);
                }

                break;
            default:
                break;
        }
    }

    public void ReportNotRetained()
    {
        counters.AddDropped(MqttDropReason.NotRetained);
        if (_retained.IsDue(out var count))
        {
            Log.NotRetained(log, count);
        }
    }

    public void ReportEnded(string clientId, int lost)
    {
        if (lost > 0)
        {
            counters.AddDropped(MqttDropReason.SessionEnded, lost);
            if (_ended.IsDue(out _))
            {
                Log.SessionEnded(log, LogText.Of(clientId), lost);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The queue of the offline session {ClientId} is full: {Count} messages were refused since the last such line. Bring the client back, or raise MaxQueuedMessages, MaxQueuedBytes and MaxQueuedBytesInAll.")]
        public static partial void OfflineFull(ILogger logger, string clientId, long count);

        [LoggerMessage(Level = LogLevel.Error, Message = "The subscriber {ClientId} does not keep up and its queue is full: {Count} messages for it were dropped since the last such line. Look at what it waits for.")]
        public static partial void SlowSubscriber(ILogger logger, string clientId, long count);

        [LoggerMessage(Level = LogLevel.Error, Message = "The queues of all sessions together are full, or a message is larger than one queue: {Count} messages for online subscribers were dropped since the last such line, now one for {ClientId}. Bring offline clients back, or raise MaxQueuedBytesInAll or MaxQueuedBytes.")]
        public static partial void NoRoomInAll(ILogger logger, string clientId, long count);

        [LoggerMessage(Level = LogLevel.Error, Message = "The store of retained messages is full: {Count} messages were not retained since the last such line. Remove stale topics, or raise MaxRetainedMessages and MaxRetainedBytes.")]
        public static partial void NotRetained(ILogger logger, long count);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The session {ClientId} ended with {Lost} messages undelivered.")]
        public static partial void SessionEnded(ILogger logger, string clientId, int lost);
    }
}
