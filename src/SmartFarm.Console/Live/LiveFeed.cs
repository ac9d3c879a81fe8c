using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmartFarm.Console.Api;

namespace SmartFarm.Console.Live;

/// <summary>The live stream: a picture on every change, at most one per interval, to a bounded number of listeners. Thread-safe.</summary>
internal sealed partial class LiveFeed(
    PictureSource pictures, ConsoleOptions options, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<LiveFeed> logger)
{
    /// <summary>How often the clock is sent; the page takes three missing ones for a lost connection.</summary>
    public static readonly TimeSpan ClockInterval = TimeSpan.FromSeconds(5);

    private const string Trouble = "The command ledger cannot be read: the picture stands still until it can. The worker's log has the cause.";

    private int _listeners;

    /// <summary>A place for one more listener, to be disposed when it leaves; null when all are taken.</summary>
    public IDisposable? TryJoin()
    {
        if (Interlocked.Increment(ref _listeners) <= options.MaxLiveClients)
        {
            return new Place(this);
        }

        Interlocked.Decrement(ref _listeners);
        Log.Full(logger, options.MaxLiveClients);
        return null;
    }

    /// <summary>The events for one listener, until it leaves or the worker stops.</summary>
    public async IAsyncEnumerable<SseItem<string>> ListenAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        using var timer = new PeriodicTimer(options.LiveInterval, time);
        Picture? sent = null;
        long? clockSent = null;
        var inTrouble = false;
        do
        {
            if (clockSent is not { } at || time.GetElapsedTime(at) >= ClockInterval)
            {
                clockSent = time.GetTimestamp();
                yield return new(JsonSerializer.Serialize(new LiveTimeDto(time.GetUtcNow()), ApiJson.Context.LiveTimeDto), "time");
            }

            var picture = await TryGetAsync(end.Token);
            if (inTrouble != picture is null && !end.IsCancellationRequested)
            {
                inTrouble = picture is null;
                sent = null;
                yield return new(JsonSerializer.Serialize(new TroubleDto(inTrouble ? Trouble : ""), ApiJson.Context.TroubleDto), "trouble");
            }

            if (picture is not null && !ReferenceEquals(picture, sent))
            {
                sent = picture;
                yield return new(picture.Json, "picture");
            }
        }
        while (await NextAsync(timer, end.Token));
    }

    private async Task<Picture?> TryGetAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await pictures.GetAsync(cancellationToken);
        }
        catch (Exception e)
        {
            if (!cancellationToken.IsCancellationRequested)
            {
                Log.NoPicture(logger, e);
            }

            return null;
        }
    }

    private static async ValueTask<bool> NextAsync(PeriodicTimer timer, CancellationToken cancellationToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private sealed class Place(LiveFeed feed) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
            {
                Interlocked.Decrement(ref feed._listeners);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "A browser was turned away: all {Limit} places for live streams are taken.")]
        public static partial void Full(ILogger logger, int limit);

        [LoggerMessage(Level = LogLevel.Warning, Message = "No live picture could be made: the command ledger failed.")]
        public static partial void NoPicture(ILogger logger, Exception e);
    }
}
