using SmartFarm.Simulator.LockStep;

namespace SmartFarm.Worker.Stepping;

/// <summary>Where each session stands in the words of the clock. A word has passed when all of them have had it. Thread-safe.</summary>
internal sealed class ClockWords
{
    private readonly Lock _lock = new();
    private readonly List<ClockWord?> _last = [];

    /// <summary>A word has come through every session. Raised once for each word, and again when it is told again.</summary>
    public event Action<ClockWord>? Passed;

    /// <summary>One more session will tell.</summary>
    /// <returns>Its number.</returns>
    public int Add()
    {
        _last.Add(null);
        return _last.Count - 1;
    }

    /// <summary>A session has handed over everything up to a word.</summary>
    public void Seen(int session, ClockWord word)
    {
        bool isThrough;
        lock (_lock)
        {
            _last[session] = word;
            isThrough = _last.TrueForAll(last => last == word);
        }

        if (isThrough)
        {
            Passed?.Invoke(word);
        }
    }
}
