using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using SmartFarm.Pipeline.Automation;

namespace SmartFarm.Console.Api;

/// <summary>Tells the rules what a person wants, and waits until they have followed it and that is on disk.</summary>
internal static class FollowedByRules
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The problem; null when it was followed.</summary>
    public static async Task<ProblemHttpResult?> TellAsync(HttpContext context, IEnumerable<ZoneNote> notes, CancellationToken cancellationToken)
    {
        var inbox = context.RequestServices.GetRequiredService<ZoneInbox>();
        var time = context.RequestServices.GetRequiredService<TimeProvider>();
        try
        {
            await Task.WhenAll(notes.Select(note => inbox.AskAsync(note, cancellationToken))).WaitAsync(Patience, time, cancellationToken);
            return null;
        }
        catch (TimeoutException)
        {
            return Problem($"The rules have not followed it within {Patience.TotalSeconds:0} s; they may still. Look at the worker's log, and at what is in hand now before you try again.");
        }
        catch (InvalidOperationException e)
        {
            return Problem(e.Message);
        }
    }

    private static ProblemHttpResult Problem(string sentence) => TypedResults.Problem(sentence, statusCode: StatusCodes.Status503ServiceUnavailable, title: "Not followed");
}
