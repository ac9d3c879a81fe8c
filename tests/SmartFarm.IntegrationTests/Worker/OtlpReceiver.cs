using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SmartFarm.Testing.Servers;

namespace SmartFarm.IntegrationTests.Worker;

/// <summary>Takes what is sent by OTLP over HTTP, and reads names and numbers out of the protobuf (opentelemetry-proto, metrics/v1).</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private OtlpReceiver(WebApplication app, Uri url) => (_app, Url) = (app, url);

    public Uri Url { get; }

    /// <summary>The newest number of each metric.</summary>
    public ConcurrentDictionary<string, double> Metrics { get; } = new(StringComparer.Ordinal);

    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var url = new Uri($"http://127.0.0.1:{Ports.Free()}");
        builder.WebHost.UseUrls(url.ToString());
        var app = builder.Build();
        var receiver = new OtlpReceiver(app, url);
        app.MapPost("/v1/metrics", receiver.TakeAsync);
        await app.StartAsync();
        return receiver;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);

        // ExportMetricsServiceRequest.resource_metrics (1) . scope_metrics (2) . metrics (2): name (1), gauge (5) or sum (7) . data_points (1) . as_double (4)
        foreach (var metric in Fields(body.ToArray(), 1).SelectMany(r => Fields(r, 2)).SelectMany(s => Fields(s, 2)))
        {
            var name = Encoding.UTF8.GetString(Fields(metric, 1).Single());
            foreach (var point in Fields(metric, 5).Concat(Fields(metric, 7)).SelectMany(g => Fields(g, 1)))
            {
                Metrics[name] = BitConverter.ToDouble(Fields(point, 4).Single());
            }
        }

        context.Response.ContentType = "application/x-protobuf";
    }

    /// <summary>The values of a field: bytes of a message or text, or of a fixed number. https://protobuf.dev/programming-guides/encoding</summary>
    private static List<byte[]> Fields(byte[] message, int wanted)
    {
        var found = new List<byte[]>();
        for (var at = 0; at < message.Length;)
        {
            var key = Varint(message, ref at);
            var length = (key & 7) switch { 0 => 0, 1 => 8, 5 => 4, _ => (int)Varint(message, ref at) };
            if ((key & 7) == 0)
            {
                Varint(message, ref at);
            }

            if (key >> 3 == (ulong)wanted)
            {
                found.Add(message[at..(at + length)]);
            }

            at += length;
        }

        return found;
    }

    private static ulong Varint(byte[] message, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = message[at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
