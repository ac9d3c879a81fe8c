using System.Globalization;
using SmartFarm.Testing;
using SmartFarm.Testing.Servers;

namespace SmartFarm.Campaign.Checks;

/// <summary>Samples the resident memory of a process, through restarts, until disposed.</summary>
internal sealed class MemoryWatch : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<double> _samples = [];
    private readonly Task _watching;

    public MemoryWatch(ServerProcess process) => _watching = WatchAsync(process);

    /// <summary>Highest sample, in MB.</summary>
    public double MaxMb => Samples().DefaultIfEmpty().Max();

    /// <summary>Every sample in MB, in order of time.</summary>
    public IReadOnlyList<double> Samples()
    {
        lock (_samples)
        {
            return [.. _samples];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        _stop.Dispose();
    }

    private async Task WatchAsync(ServerProcess process)
    {
        try
        {
            while (true)
            {
                if (process.ProcessId is { } id && ResidentMb(id) is { } resident)
                {
                    lock (_samples)
                    {
                        _samples.Add(resident);
                    }
                }

                await Eventually.PassesAsync(Interval, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }

    private static double? ResidentMb(int id)
    {
        try
        {
            var line = File.ReadLines($"/proc/{id}/status").FirstOrDefault(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
            return line is null ? null : double.Parse(line["VmRSS:".Length..^"kB".Length].Trim(), CultureInfo.InvariantCulture) / 1024;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
