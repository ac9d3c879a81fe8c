using System.Diagnostics;

namespace SmartFarm.Testing;

/// <summary>The one place where a test asks another process again and again, because it cannot be signalled.</summary>
public static class Eventually
{
    /// <summary>Asks until the condition holds; fails with the last answer when it does not hold in time.</summary>
    public static async Task<T> Is<T>(Func<Task<T>> ask, Func<T, bool> condition, int seconds = 30)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var answer = await ask();
            if (condition(answer))
            {
                return answer;
            }

            if (watch.Elapsed > TimeSpan.FromSeconds(seconds))
            {
                throw new TimeoutException($"Not so within {seconds} s; the last answer was: {answer}");
            }

            await Task.Delay(100);
        }
    }
}
