using System.Diagnostics;

namespace SmartFarm.Testing;

/// <summary>The one way to wait for a real process, which cannot be signalled: asks until the answer fits or the deadline passes.</summary>
public static class Eventually
{
    /// <summary>Gives the first answer that fits; the last one, to fail on, when none does in time.</summary>
    public static async Task<T> GetAsync<T>(Func<Task<T>> ask, Func<T, bool> fits, TimeSpan deadline, TimeSpan? interval = null)
    {
        for (var watch = Stopwatch.StartNew(); ; await Task.Delay(interval ?? TimeSpan.FromMilliseconds(50)))
        {
            var answer = await ask();
            if (fits(answer) || watch.Elapsed > deadline)
            {
                return answer;
            }
        }
    }

    /// <summary>Lets a fault last (an outage, a slow network) that real processes are meant to live through.</summary>
    public static Task PassesAsync(TimeSpan time, CancellationToken cancellationToken = default) => Task.Delay(time, cancellationToken);

    /// <summary>Gives the first answer that fits; throws, with the last one, when none does in time.</summary>
    public static async Task<T> Is<T>(Func<Task<T>> ask, Func<T, bool> fits, int seconds = 30)
    {
        var answer = await GetAsync(ask, fits, TimeSpan.FromSeconds(seconds));
        return fits(answer) ? answer : throw new TimeoutException($"Not so within {seconds} s; the last answer was: {answer}");
    }
}
