using System.Diagnostics.Tracing;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using SmartFarm.Pipeline.Telemetry;
using SmartFarm.Worker.Settings;

namespace SmartFarm.Worker.Telemetry;

/// <summary>
/// Sends the worker's numbers by OTLP (HTTP, protobuf) each ten seconds, on a thread of the exporter. A receiver that is away costs those
/// numbers and a line in the log; the same numbers are in the database.
/// </summary>
internal sealed class OtlpExport(SmartFarmSettings settings, WorkerMeter meter, WorkerIdentity identity, ILogger<OtlpExport> log) : IHostedService, IDisposable
{
    private const int IntervalMs = 10_000;
    private const int TimeoutMs = 5_000;
    private MeterProvider? _provider;
    private ExportFaults? _faults;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(meter);
        var endpoint = new Uri($"{settings.Otlp.Endpoint!.TrimEnd('/')}/v1/metrics");
        _faults = new ExportFaults(log, endpoint);
        _provider = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(ResourceBuilder.CreateDefault().AddService("smartfarm", serviceInstanceId: $"{identity.Host}/{identity.Instance}"))
            .AddMeter("SmartFarm.*")
            .AddOtlpExporter((exporter, reader) =>
            {
                (exporter.Endpoint, exporter.Protocol, exporter.TimeoutMilliseconds) = (endpoint, OtlpExportProtocol.HttpProtobuf, TimeoutMs);
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = IntervalMs;
            })
            .Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _provider?.Shutdown(timeoutMilliseconds: 1000);
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _provider?.Dispose();
        _faults?.Dispose();
    }
}

/// <summary>The exporter tells its faults to an event source only; here they become lines of the log, which holds back repetitions.</summary>
internal sealed partial class ExportFaults(ILogger log, Uri endpoint) : EventListener
{
    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name.StartsWith("OpenTelemetry-", StringComparison.Ordinal))
        {
            EnableEvents(eventSource, EventLevel.Warning);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        // The base constructor calls this before ours has run.
        if (log is not null)
        {
            Log.NotSent(log, endpoint, string.Join(' ', eventData.Payload ?? []).Split('\n')[0]);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The worker's numbers could not be sent to {Endpoint}; nothing else is touched, and the database has them. Start the receiver, or clear SmartFarm__Otlp__Endpoint. {Reason}")]
        public static partial void NotSent(ILogger logger, Uri endpoint, string reason);
    }
}
