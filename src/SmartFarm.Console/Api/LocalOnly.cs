using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace SmartFarm.Console.Api;

/// <summary>
/// What only the command line on the worker's own computer may do: there is no login, so neither the network nor a page in a browser may (browsers name
/// themselves in <c>Origin</c>).
/// </summary>
internal static class LocalOnly
{
    /// <summary>The refusal; null when the caller may.</summary>
    /// <param name="context">The request.</param>
    /// <param name="command">What to use instead, such as <c>smartfarm quarantine replay</c>.</param>
    public static ProblemHttpResult? Refusal(HttpContext context, string command)
    {
        if (context.Connection.RemoteIpAddress is { } address && !IPAddress.IsLoopback(address))
        {
            return Refuse($"This is possible from the worker's own computer only: use '{command}' there.");
        }

        return context.Request.Headers.Origin.Count > 0 ? Refuse($"This is not for pages in a browser: use '{command}'.") : null;
    }

    private static ProblemHttpResult Refuse(string sentence) => TypedResults.Problem(sentence, statusCode: StatusCodes.Status403Forbidden, title: "Not from here");
}
