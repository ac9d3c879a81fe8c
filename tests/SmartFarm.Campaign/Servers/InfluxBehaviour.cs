using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace SmartFarm.Campaign.Servers;

/// <summary>A write request that carries telemetry.</summary>
/// <param name="Number">Which of them, from 1.</param>
/// <param name="Lines">Its rows.</param>
/// <param name="Context">To answer with.</param>
/// <param name="Store">To store with.</param>
internal sealed record WriteAttempt(int Number, string[] Lines, HttpContext Context, FakeInflux Store)
{
    /// <summary>Answers with JSON or whatever the text is.</summary>
    public async Task<bool> SayAsync(int status, string body, string type = "application/json")
    {
        Context.Response.StatusCode = status;
        Context.Response.ContentType = type;
        await Context.Response.WriteAsync(body);
        return true;
    }

    /// <summary>Stores the rows that are not poison, all the same.</summary>
    public void StoreGood(Func<string, bool> isPoison) => Store.Store(Lines.Where(l => !isPoison(l)));

    /// <summary>Resets the connection without an answer.</summary>
    public bool Reset()
    {
        Context.Features.Get<IHttpResetFeature>()?.Reset(0);
        Context.Abort();
        return true;
    }
}

/// <summary>What the fake InfluxDB does instead of storing.</summary>
internal abstract class InfluxBehaviour
{
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _done;

    /// <summary>How often the fault was done.</summary>
    public int Done => Volatile.Read(ref _done);

    /// <summary>Which edition's API the worker is told to speak.</summary>
    public virtual int Version => 1;

    public virtual string ServerVersion => Version switch { 1 => "1.8.10", 2 => "v2.7.6", _ => "3.0.1" };

    /// <summary>Completes when the fake is to end: for those who never answer.</summary>
    protected Task Released => _released.Task;

    /// <summary>Answers before the body is read, when that is the behaviour.</summary>
    public virtual Task<bool> RefuseUnreadAsync(HttpContext context) => Task.FromResult(false);

    /// <summary>Answers, and says so by true; otherwise all is stored and answered 204.</summary>
    public abstract Task<bool> AnswerAsync(WriteAttempt write);

    /// <summary>Says that the fault is done once more.</summary>
    public void Count() => Interlocked.Increment(ref _done);

    /// <summary>Lets everybody go who is kept waiting.</summary>
    public void Release() => _released.TrySetResult();
}
