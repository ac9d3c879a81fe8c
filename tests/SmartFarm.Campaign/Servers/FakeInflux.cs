using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using SmartFarm.Campaign.Checks;

namespace SmartFarm.Campaign.Servers;

/// <summary>
/// InfluxDB's HTTP side with a small real store behind it, in front of which a script may do what databases, proxies and networks do.
/// A row replaces the row of the same series and time, as in InfluxDB. Thread-safe.
/// </summary>
internal sealed class FakeInflux : IAsyncDisposable, IRowSource
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Device, long TimeMs), StoredRow> _rows = [];
    private readonly Dictionary<string, long> _newest = new(StringComparer.Ordinal);
    private readonly WebApplication _app;
    private readonly InfluxBehaviour _behaviour;
    private int _writes;

    private FakeInflux(WebApplication app, InfluxBehaviour behaviour) => (_app, _behaviour) = (app, behaviour);

    public Uri Url { get; private init; } = null!;

    /// <summary>Requests that carried telemetry and were read, whatever became of them.</summary>
    public int Writes => Volatile.Read(ref _writes);

    /// <summary>Rows that were stored for the first time after a newer one of their device.</summary>
    public long OutOfOrder { get; private set; }

    public static async Task<FakeInflux> StartAsync(int port, InfluxBehaviour behaviour)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(o =>
        {
            o.Listen(IPAddress.Loopback, port, l => l.Protocols = HttpProtocols.Http1);
            o.Limits.MinResponseDataRate = null;
        });
        var app = builder.Build();
        var fake = new FakeInflux(app, behaviour) { Url = new Uri($"http://127.0.0.1:{port}/") };
        app.Run(fake.AnswerAsync);
        await app.StartAsync();
        return fake;
    }

    public Task<long> CountAsync()
    {
        lock (_lock)
        {
            return Task.FromResult((long)_rows.Count);
        }
    }

    public async IAsyncEnumerable<StoredRow> ReadAsync()
    {
        StoredRow[] rows;
        lock (_lock)
        {
            rows = [.. _rows.Values];
        }

        foreach (var row in rows)
        {
            yield return row;
        }

        await Task.CompletedTask;
    }

    /// <summary>Stores lines of telemetry; other measurements are taken and forgotten.</summary>
    public void Store(IEnumerable<string> lines)
    {
        lock (_lock)
        {
            foreach (var row in lines.Select(TelemetryLine.Read).OfType<StoredRow>())
            {
                var key = (row.Device, row.TimeMs);
                if (!_rows.ContainsKey(key))
                {
                    OutOfOrder += _newest.TryGetValue(row.Device, out var newest) && row.TimeMs < newest ? 1 : 0;
                    _newest[row.Device] = Math.Max(row.TimeMs, _newest.GetValueOrDefault(row.Device));
                }

                // Fields of one time merge.
                var old = _rows.GetValueOrDefault(key);
                _rows[key] = row with { Temperature = row.Temperature ?? old.Temperature, Humidity = row.Humidity ?? old.Humidity };
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        _behaviour.Release();
        await _app.StopAsync(soon.Token);
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        context.Response.Headers["X-Influxdb-Version"] = _behaviour.ServerVersion;
        switch (context.Request.Path.Value)
        {
            case "/ping":
                context.Response.StatusCode = 204;
                return;
            case "/query":
                context.Response.ContentType = "application/json";
                await context.Response.WriteAsync("""{"results":[{"statement_id":0}]}""");
                return;
            case "/write" or "/api/v2/write":
                await TakeAsync(context);
                return;
            default:
                context.Response.StatusCode = 404;
                return;
        }
    }

    private async Task TakeAsync(HttpContext context)
    {
        // Whoever answers before the body is read does it here, as InfluxDB does with 413.
        var isRefused = await _behaviour.RefuseUnreadAsync(context);
        if (isRefused)
        {
            _behaviour.Count();
            return;
        }

        var body = context.Request.Body;
        if (context.Request.Headers.ContentEncoding == "gzip")
        {
            body = new GZipStream(body, CompressionMode.Decompress);
        }

        using var reader = new StreamReader(body, Encoding.UTF8);
        var lines = (await reader.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var hasTelemetry = lines.Any(TelemetryLine.Is);
        var number = hasTelemetry ? Interlocked.Increment(ref _writes) : 0;
        if (hasTelemetry && await _behaviour.AnswerAsync(new WriteAttempt(number, lines, context, this)))
        {
            _behaviour.Count();
            return;
        }

        Store(lines);
        context.Response.StatusCode = 204;
    }
}
