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
        var message = (int)status is >= 300 and < 400 ? $"redirects to {headers.Location}" : error.Message ?? "";
        return new InfluxReply((int)status, VerdictOf((int)status, body, error), message, error.Message is not null && error.IsAboutRows, wait, version);
    }

    private static InfluxVerdict VerdictOf(int status, ReadOnlySpan<byte> body, in InfluxErrorBody error) => status switch
    {
        204 => InfluxVerdict.Stored,
        // A captive portal and a wrong address answer 200 with a page: only an empty or a JSON body without an error is a database's word.
        200 when body.IsEmpty || (body[0] == (byte)'{' && !error.IsJson) => InfluxVerdict.Stored,
        400 or 422 when error.IsJson || error.IsAboutRows => InfluxVerdict.BadRows,
        413 => InfluxVerdict.TooLarge,
        408 or 425 or 429 or >= 500 => InfluxVerdict.TryLater,
        _ => InfluxVerdict.NeedsMending,
    };
}
