using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace SmartFarm.Console.Api;

/// <summary>Reads what was sent; what it cannot read it refuses with a sentence.</summary>
internal static class RequestBody
{
    private const long MostBytes = 16 << 10;

    /// <exception cref="BadQueryException">It is too large, or not of this shape.</exception>
    public static async Task<T> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        if (context.Request.ContentLength is null or > MostBytes)
        {
            throw new BadQueryException($"The request needs a body of known length, at most {MostBytes} bytes of JSON.");
        }

        try
        {
            return await JsonSerializer.DeserializeAsync(context.Request.Body, type, cancellationToken) ?? throw new BadQueryException("The body is empty.");
        }
        catch (JsonException e)
        {
            throw new BadQueryException($"The body cannot be read: {e.Message}");
        }
    }

    /// <summary>A text for people that must be there.</summary>
    public static string Text(string parameter, string? text) =>
        string.IsNullOrWhiteSpace(text) ? throw new BadQueryException($"'{parameter}' is missing.")
        : text.Length > 200 || text.Any(char.IsControl) ? throw new BadQueryException($"'{parameter}' is longer than 200 characters or has control characters.")
        : text.Trim();
}
