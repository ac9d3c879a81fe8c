using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SmartFarm.Console.Api;
using SmartFarm.Console.Live;
using SmartFarm.Console.Page;

namespace SmartFarm.Console;

/// <summary>
/// Puts the console into a web application. The host must also register the ports it looks at: <c>IFarmView</c>, <c>IHistory</c>,
/// <c>ILedger</c>, <c>IOpenReadings</c>, <c>IQuarantine</c>, <c>Replayer</c> and <c>ICommandLedger</c>.
/// </summary>
public static class ConsoleSetup
{
    /// <summary>Registers what the console needs.</summary>
    public static IServiceCollection AddSmartFarmConsole(this IServiceCollection services, ConsoleOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddSingleton(options)
            .AddSingleton<PictureSource>()
            .AddSingleton<LiveFeed>()
            .AddSingleton(new WebAssets(options.Title));
    }

    /// <summary>Maps the page at <c>/</c> with its files under <c>/console/</c>, and the API.</summary>
    public static IEndpointRouteBuilder MapSmartFarmConsole(this IEndpointRouteBuilder app)
    {
        var assets = app.ServiceProvider.GetRequiredService<WebAssets>();
        string[] methods = [HttpMethods.Get, HttpMethods.Head];
        app.MapMethods("/", methods, (HttpContext context) => assets.SendAsync("index.html", context));
        app.MapMethods("/console/{file}", methods, (string file, HttpContext context) => assets.SendAsync(file, context));
        return app.MapSmartFarmApi();
    }

    /// <summary>Maps the API under <c>/api/</c> without the page.</summary>
    public static IEndpointRouteBuilder MapSmartFarmApi(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api").AddEndpointFilter<ApiFilter>();
        api.MapGet("/zones", FarmApi.Zones);
        api.MapGet("/actuators", FarmApi.ActuatorsAsync);
        api.MapGet("/commands", CommandsApi.ListAsync);
        api.MapGet("/readings", ReadingsApi.ReadAsync);
        api.MapGet(LedgerApi.Path, LedgerApi.ReadAsync);
        api.MapGet("/quarantine", QuarantineApi.ListAsync);
        api.MapPost("/quarantine/replay", ReplayApi.RunAsync);
        api.MapGet("/explain", ExplainApi.ReadAsync);
        api.MapGet("/rules", RuleSetsApi.ListAsync);
        api.MapGet("/rules/shadow", RuleSetsApi.ShadowAsync);
        api.MapPost("/rules/publish", RuleSetsApi.PublishAsync);
        api.MapPost("/rules/{act}", RuleSetsApi.MoveAsync);
        api.MapGet("/alarms", AlarmsApi.List);
        api.MapPost("/alarms/{id}/ack", AlarmsApi.AcknowledgeAsync);
        api.MapGet("/overrides", OverridesApi.ListAsync);
        api.MapPost("/overrides", OverridesApi.SetAsync);
        api.MapDelete("/overrides", OverridesApi.ReleaseAsync);
        api.MapGet("/stop", StopApi.ListAsync);
        api.MapPost("/stop", StopApi.StopAsync);
        api.MapDelete("/stop", StopApi.ResumeAsync);
        api.MapGet("/live", LiveApi.Stream);
        return app;
    }
}
