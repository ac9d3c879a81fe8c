namespace SmartFarm.Mqtt.Session;

/// <summary>Notices that another client with our id keeps taking the session away: more than three times within a minute.</summary>
internal sealed class TakeoverWatch(TimeProvider time)
{
    private const int Most = 3;
    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(1);
    private readonly Queue<long> _seen = new();

    /// <summary>Notes one and returns whether that was one too many.</summary>
    public bool IsTooOften()
    {
        _seen.Enqueue(time.GetTimestamp());
        while (time.GetElapsedTime(_seen.Peek()) > s_window)
        {
            _seen.Dequeue();
        }

        return _seen.Count > Most;
    }
}
