using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SmartFarm.Console;
using SmartFarm.Pipeline.Alarms;
using SmartFarm.Pipeline.Automation;
using SmartFarm.Pipeline.Commands;
using SmartFarm.Pipeline.Quarantine;
using SmartFarm.Pipeline.State;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Testing.Servers;

namespace SmartFarm.Testing.ConsoleHost;

/// <summary>The console on a real Kestrel at loopback, over a <see cref="MovableFarm"/>.</summary>
public sealed class ConsoleServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ConsoleServer(WebApplication app, MovableFarm farm, Uri url)
    {
        (_app, Farm, Url) = (app, farm, url);
        Http = new HttpClient { BaseAddress = url };
    }

    public MovableFarm Farm { get; }

    public Uri Url { get; }

    public HttpClient Http { get; }

    public static async Task<ConsoleServer> StartAsync(MovableFarm farm, TimeProvider time, ConsoleOptions options, int? port = null, Action<IServiceCollection>? more = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services
            .AddSingleton(time)
            .AddSingleton<IFarmView>(farm).AddSingleton<IHistory>(farm).AddSingleton<ILedger>(farm).AddSingleton<IOpenReadings>(farm)
            .AddSingleton<IQuarantine>(farm).AddSingleton<ICommandLedger>(farm).AddSingleton<IManualView>(farm).AddSingleton<IAlarmList>(farm)
            .AddSmartFarmConsole(options);
        more?.Invoke(builder.Services);
        var url = new Uri($"http://127.0.0.1:{port ?? Ports.Free()}/");
        builder.WebHost.UseUrls(url.ToString());
        var app = builder.Build();
        app.MapSmartFarmConsole();
        await app.StartAsync();
        return new ConsoleServer(app, farm, url);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
