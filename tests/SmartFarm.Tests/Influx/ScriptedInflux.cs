using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SmartFarm.Influx;

namespace SmartFarm.Tests.Influx;

/// <summary>What the fake database was sent.</summary>
internal sealed record Sent(string Method, string PathAndQuery, string? Authorization, bool IsZipped, string Body);

/// <summary>A fake InfluxDB on a real loopback port: answers as a test tells it, because a real one cannot be made to.</summary>
internal sealed class ScriptedInflux : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Func<HttpContext, Sent, Task> _answer;

    private ScriptedInflux(Func<HttpContext, Sent, Task> answer)
    {
        _answer = answer;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    public ConcurrentQueue<Sent> Requests { get; } = new();

    public InfluxOptions Options => new() { Url = new Uri(_app.Urls.First()), Version = 2, Database = "smartfarm", Org = "farm", Token = "secret" };

    public static async Task<ScriptedInflux> StartAsync(Func<HttpContext, Sent, Task> answer)
    {
        var server = new ScriptedInflux(answer);
        await server._app.StartAsync();
        return server;
    }

    /// <summary>Answers every request alike.</summary>
    public static Task<ScriptedInflux> StartAsync(int status, string body = "", string? header = null, string value = "") => StartAsync(async (http, _) =>
    {
        http.Response.StatusCode = status;
        if (header is not null)
        {
            http.Response.Headers[header] = value;
        }

        if (body.Length > 0)
        {
            await http.Response.WriteAsync(body);
        }
    });

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task HandleAsync(HttpContext http)
    {
        var isZipped = http.Request.Headers.ContentEncoding == "gzip";
        await using var stream = isZipped ? new GZipStream(http.Request.Body, CompressionMode.Decompress) : http.Request.Body;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var sent = new Sent(
            http.Request.Method, http.Request.Path + http.Request.QueryString, http.Request.Headers.Authorization, isZipped, await reader.ReadToEndAsync());
        Requests.Enqueue(sent);
        await _answer(http, sent);
    }
}
