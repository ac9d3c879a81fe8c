using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace SmartFarm.Campaign.Servers;

/// <summary>The first few writes are answered otherwise; then all is well again.</summary>
/// <param name="times">How many writes.</param>
/// <param name="answer">What is done with each.</param>
/// <param name="version">Which edition's API.</param>
internal sealed class FirstWrites(int times, Func<WriteAttempt, Task<bool>> answer, int version = 1) : InfluxBehaviour
{
    public override int Version => version;

    public override async Task<bool> AnswerAsync(WriteAttempt write) => write.Number <= times && await answer(write);
}

/// <summary>Some rows are refused whenever they come, as the editions do it.</summary>
internal sealed class RefusesRows(int version, int status, bool storesGood, Func<string, bool> isPoison, Func<IReadOnlyList<(string Line, int Number)>, string> body) : InfluxBehaviour
{
    public override int Version => version;

    public override async Task<bool> AnswerAsync(WriteAttempt write)
    {
        var bad = write.Lines.Select((line, i) => (Line: line, Number: i + 1)).Where(l => isPoison(l.Line)).ToArray();
        if (bad.Length == 0)
        {
            return false;
        }

        if (storesGood)
        {
            write.StoreGood(isPoison);
        }

        return await write.SayAsync(status, body(bad));
    }
}

/// <summary>Bodies above a size are refused before they are read, and the connection is closed, as InfluxDB does.</summary>
internal sealed class TakesLittle(int mostBytes) : InfluxBehaviour
{
    public override async Task<bool> RefuseUnreadAsync(HttpContext context)
    {
        if (!(context.Request.ContentLength > mostBytes))
        {
            return false;
        }

        context.Response.StatusCode = 413;
        context.Response.Headers.Connection = "close";
        await context.Response.WriteAsync("""{"error":"Request Entity Too Large"}""");
        return true;
    }

    public override Task<bool> AnswerAsync(WriteAttempt write) => Task.FromResult(false);
}

/// <summary>The first writes are taken and never answered, until the caller gives up.</summary>
internal sealed class NeverAnswers(int times) : InfluxBehaviour
{
    public override async Task<bool> AnswerAsync(WriteAttempt write)
    {
        if (write.Number > times)
        {
            return false;
        }

        try
        {
            await Released.WaitAsync(write.Context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // The caller gave up, as it should.
        }

        return write.Reset();
    }
}

/// <summary>The first writes are stored, and answered a byte at a time, more slowly than anybody has patience for.</summary>
internal sealed class DripsSlowly(int times) : InfluxBehaviour
{
    private static readonly byte[] Page = Encoding.UTF8.GetBytes("""{"error":"this answer takes longer than anybody waits"}""");

    public override async Task<bool> AnswerAsync(WriteAttempt write)
    {
        if (write.Number > times)
        {
            return false;
        }

        Count();
        write.Store.Store(write.Lines);
        write.Context.Response.StatusCode = 500;
        foreach (var letter in Page)
        {
            await write.Context.Response.Body.WriteAsync(new[] { letter }, write.Context.RequestAborted);
            await write.Context.Response.Body.FlushAsync(write.Context.RequestAborted);
            await Testing.Eventually.PassesAsync(TimeSpan.FromSeconds(1), write.Context.RequestAborted);
        }

        return true;
    }
}

/// <summary>Answers of one kind, by name.</summary>
internal static class InfluxAnswers
{
    public static Func<WriteAttempt, Task<bool>> Status(int status, string body = """{"error":"scripted"}""", string? retryAfter = null) => write =>
    {
        if (retryAfter is not null)
        {
            write.Context.Response.Headers.RetryAfter = retryAfter == "date" ? DateTimeOffset.UtcNow.AddSeconds(2).ToString("r", CultureInfo.InvariantCulture) : retryAfter;
        }

        return write.SayAsync(status, body);
    };

    /// <summary>The rows are stored, and the answer never arrives.</summary>
    public static Task<bool> StoreThenReset(WriteAttempt write)
    {
        write.Store.Store(write.Lines);
        return Task.FromResult(write.Reset());
    }

    /// <summary>The rows are stored, and the answer is cut in the middle of its header.</summary>
    public static async Task<bool> StoreThenCut(WriteAttempt write)
    {
        write.Store.Store(write.Lines);
        write.Context.Response.StatusCode = 204;
        await write.Context.Response.StartAsync();
        return write.Reset();
    }

    public static Task<bool> Redirect(WriteAttempt write)
    {
        write.Context.Response.Headers.Location = "/elsewhere";
        return write.SayAsync(302, "", "text/html");
    }

    public static Task<bool> Page(WriteAttempt write) => write.SayAsync(200, "<html><body>Please log in to the hotel's network</body></html>", "text/html");
}
