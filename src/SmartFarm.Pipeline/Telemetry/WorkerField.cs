namespace SmartFarm.Pipeline.Telemetry;

/// <summary>One number that the worker tells about itself: a field of the measurement <c>worker</c>, and a metric by OTLP.</summary>
/// <param name="Name">Name of the field.</param>
/// <param name="Unit">UCUM; curly braces count things.</param>
/// <param name="Kind">How it behaves over time.</param>
/// <param name="Help">What it says, in a sentence.</param>
public sealed record WorkerField(string Name, string Unit, FieldBehaviour Kind, string Help);

/// <summary>How a number behaves over time.</summary>
public enum FieldBehaviour
{
    /// <summary>Only rises, from 0 at the start of the process.</summary>
    Counter,

    /// <summary>Goes up and down.</summary>
    Gauge,
}

/// <summary>Something that can be asked for its numbers.</summary>
public interface IWorkerSource
{
    /// <summary>The numbers it tells; a number that makes no sense now may be left out.</summary>
    IReadOnlyList<WorkerField> Fields { get; }

    /// <summary>Tells them. One caller at a time.</summary>
    ValueTask ReadAsync(Action<string, double> tell, CancellationToken cancellationToken);
}
