using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using SmartFarm.Pipeline.Rollup;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Spool;
using SmartFarm.Worker.Mqtt;

namespace SmartFarm.Worker.Hosting;

/// <summary>Whether readings can be made durable.</summary>
internal sealed class StoreHealth(StoreRunner store) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(store.Trouble is { } trouble ? HealthCheckResult.Unhealthy(trouble) : HealthCheckResult.Healthy());
}

/// <summary>Whether the database takes data; while it does not the spool does, so this is no reason to be taken out of service.</summary>
internal sealed class DatabaseHealth(RollupWorker rollups, Forwarder? forwarder = null) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult((forwarder?.Trouble ?? rollups.Trouble) is { } trouble ? HealthCheckResult.Degraded(trouble) : HealthCheckResult.Healthy());
}

/// <summary>Whether counts and refused messages reach the database of the data folder; while they do not they are safe in the spool.</summary>
internal sealed class BooksHealth(SpoolFolder? spool = null) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(spool?.Trouble is { } trouble ? HealthCheckResult.Degraded(trouble) : HealthCheckResult.Healthy());
}

/// <summary>Whether every session with the field is connected and subscribed.</summary>
internal sealed class FieldHealth(FieldConnection field) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(field.Trouble is { } trouble ? HealthCheckResult.Unhealthy(trouble) : HealthCheckResult.Healthy());
}

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: it can take and keep readings; each part with its sentence.</summary>
internal static class HealthEndpoints
{
    public static void Map(WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteAsync });
    }

    private static async Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("status", Name(report.Status));
        foreach (var (part, entry) in report.Entries)
        {
            json.WriteStartObject(part);
            json.WriteString("status", Name(entry.Status));
            json.WriteString("reason", entry.Description ?? "");
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static string Name(HealthStatus status) => status.ToString().ToLowerInvariant();
}
