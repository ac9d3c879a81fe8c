using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SmartFarm.Console.Api;

/// <summary>A question that cannot be answered as it was put; the message is a sentence for who asked.</summary>
internal sealed class BadQueryException(string message) : Exception(message);

/// <summary>What all answers of the API have in common: never cached, and every error is one sentence (RFC 9457).</summary>
internal sealed partial class ApiFilter(ILogger<ApiFilter> logger) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        try
        {
            return await next(context);
        }
        catch (BadQueryException e)
        {
            return TypedResults.Problem(e.Message, statusCode: StatusCodes.Status400BadRequest, title: "Bad query");
        }
        catch (Exception e) when (!http.RequestAborted.IsCancellationRequested)
        {
            Log.Unavailable(logger, http.Request.Path, e);
            return TypedResults.Problem(
                "The store behind this answer could not be read. It is tried again with the next request; the worker's log has the cause.",
                statusCode: StatusCodes.Status503ServiceUnavailable,
                title: "Not available now",
                extensions: http.Request.Path.Value!.EndsWith(LedgerApi.Path, StringComparison.Ordinal) ? LedgerApi.Unknown : null);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} could not be answered: the store behind it failed.")]
        public static partial void Unavailable(ILogger logger, PathString path, Exception e);
    }
}
