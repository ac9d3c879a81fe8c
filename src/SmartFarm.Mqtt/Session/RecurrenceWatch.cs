namespace SmartFarm.Mqtt.Session;

/// <summary>Notices that a thing happens again and again: more often than <paramref name="most"/> times within a time.</summary>
internal sealed class RecurrenceWatch(TimeProvider time, int most, TimeSpan within)
{
    private readonly Queue<long> _seen = new();

    /// <summary>Notes one and returns whether that was one too many.</summary>
    public bool IsTooOften()
    {
        _seen.Enqueue(time.GetTimestamp());
        while (time.GetElapsedTime(_seen.Peek()) > within)
        {
            _seen.Dequeue();
        }

        return _seen.Count > most;
    }
}
