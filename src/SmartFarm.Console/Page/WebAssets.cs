using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;

namespace SmartFarm.Console.Page;

/// <summary>The files of the page, embedded in the assembly: nothing is read from disk, nothing comes from the internet.</summary>
internal sealed class WebAssets(string title)
{
    private const string Prefix = "web/";
    private const string Policy = "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private readonly FrozenDictionary<string, Asset> _assets = typeof(WebAssets).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix))
        .ToFrozenDictionary(name => name[Prefix.Length..], name => Load(name, title), StringComparer.Ordinal);

    /// <summary>Answers with a file, 304 when the browser has it already, or 404.</summary>
    public async Task SendAsync(string file, HttpContext context)
    {
        var response = context.Response;
        if (!_assets.TryGetValue(file, out var asset))
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.CacheControl = "no-cache";
        response.Headers.ETag = asset.Tag;
        if (context.Request.Headers.IfNoneMatch == asset.Tag)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = asset.Type;
        response.ContentLength = asset.Bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(asset.Bytes, context.RequestAborted);
        }
    }

    private static Asset Load(string resource, string title)
    {
        using var stream = typeof(WebAssets).Assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var text = reader.ReadToEnd();
        var bytes = Encoding.UTF8.GetBytes(resource.EndsWith(".html") ? text.Replace("{{title}}", HtmlEncoder.Default.Encode(title)) : text);
        return new Asset(TypeOf(resource), bytes, $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 12))}\"");
    }

    private static string TypeOf(string file) => Path.GetExtension(file) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        var other => throw new InvalidOperationException($"The page has a file of unknown type '{other}': add its content type here."),
    };

    private sealed record Asset(string Type, byte[] Bytes, string Tag);
}
