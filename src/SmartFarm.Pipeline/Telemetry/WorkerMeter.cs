using System.Diagnostics.Metrics;

namespace SmartFarm.Pipeline.Telemetry;

/// <summary>The numbers told last as instruments of System.Diagnostics.Metrics, for whoever listens. Costs nothing while nobody does.</summary>
public sealed class WorkerMeter : IDisposable
{
    /// <summary>Name of the meter; a metric is called <c>smartfarm.worker.</c> and the name of the field.</summary>
    public const string Name = "SmartFarm.Worker";

    private readonly Meter _meter = new(Name);

    /// <summary>Offers the numbers of a worker.</summary>
    public WorkerMeter(SelfTelemetry telemetry)
    {
        foreach (var field in telemetry.Fields)
        {
            var name = $"smartfarm.worker.{field.Name}";
            IEnumerable<Measurement<double>> Read() => telemetry.Last.TryGetValue(field.Name, out var value) ? [new Measurement<double>(value)] : [];
            _ = field.Kind == FieldBehaviour.Counter
                ? _meter.CreateObservableCounter(name, Read, field.Unit, field.Help)
                : (Instrument)_meter.CreateObservableGauge(name, Read, field.Unit, field.Help);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
