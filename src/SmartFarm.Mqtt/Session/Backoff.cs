namespace SmartFarm.Mqtt.Session;

/// <summary>Waits between attempts: each twice the last, less a random part of up to half, so that many clients do not come back at once.</summary>
internal sealed class Backoff(TimeSpan min, TimeSpan max, int seed)
{
    private readonly Random _random = new(seed);
    private int _doublings;

    public TimeSpan Next()
    {
        var wait = min * Math.Pow(2, _doublings);
        if (wait < max)
        {
            _doublings++;
        }
        else
        {
            wait = max;
        }

        return wait * (1 - (_random.NextDouble() / 2));
    }

    public void Reset() => _doublings = 0;
}
