using Microsoft.AspNetCore.Http;

namespace SmartFarm.Console.Live;

/// <summary>The farm as it changes, as Server-Sent Events: <c>/api/live</c>.</summary>
internal static class LiveApi
{
    public static IResult Stream(HttpContext context, LiveFeed feed)
    {
        if (feed.TryJoin() is not { } place)
        {
            context.Response.Headers.RetryAfter = "10";
            return TypedResults.Problem(
                "As many browsers as this worker allows are watching already: close one, or try again later.",
                statusCode: StatusCodes.Status503ServiceUnavailable,
                title: "Too many live streams");
        }

        context.Response.RegisterForDispose(place);
        return TypedResults.ServerSentEvents(feed.ListenAsync(context.RequestAborted));
    }
}
