using System.Net;
using System.Net.Http.Headers;

namespace SmartFarm.Influx;

/// <summary>Reads what an HTTP answer means. Statuses as documented for InfluxDB 1.x, 2.x and 3.x.</summary>
internal static class InfluxReplies
{
    public static InfluxReply Read(HttpStatusCode status, HttpResponseHeaders headers, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        var error = status == HttpStatusCode.NoContent ? default : InfluxErrorBody.Read(body);
        var version = headers.TryGetValues("X-Influxdb-Version", out var versions) ? string.Join(' ', versions) : null;
        var wait = headers.TryGetValues("Retry-After", out var waits) ? RetryAfter.Read(waits.First(), now) : null;
        var message = (int)status is >= 300 and < 400 ? Redirect(headers.Location) : error.Message ?? "";
        return new InfluxReply(
            (int)status, VerdictOf((int)status, error), message, error.Message is not null && error.IsAboutRows, wait, version, BadRows: error.BadRows);
    }

    /// <summary>Where it points, without what may be secret in an address.</summary>
    private static string Redirect(Uri? location) => location is { IsAbsoluteUri: true }
        ? $"redirects to {location.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)}"
        : $"redirects to {location?.OriginalString.Split('?')[0]}";

    private static InfluxVerdict VerdictOf(int status, in InfluxErrorBody error) => status switch
    {
        // Nothing else is: a captive portal, a proxy and a wrong address answer 200, with a page or without.
        204 => InfluxVerdict.Stored,
        400 or 422 when error.IsJson || error.IsAboutRows => InfluxVerdict.BadRows,
        413 => InfluxVerdict.TooLarge,
        408 or 425 or 429 or >= 500 => InfluxVerdict.TryLater,
        _ => InfluxVerdict.NeedsMending,
    };
}
