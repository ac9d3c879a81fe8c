using SmartFarm.Mqtt;
using SmartFarm.Pipeline.Telemetry;
using SmartFarm.Worker.Mqtt;

namespace SmartFarm.Worker.Telemetry;

/// <summary>The sessions with the broker, in sum.</summary>
internal sealed class SessionSource(FieldConnection field) : IWorkerSource
{
    public IReadOnlyList<WorkerField> Fields { get; } =
    [
        new("mqtt_sessions_ready", "{session}", FieldBehaviour.Gauge, "Sessions that are connected and subscribed."),
        new("mqtt_outgoing", "{message}", FieldBehaviour.Gauge, "Commands and heartbeats that wait for the broker."),
        new("mqtt_published", "{message}", FieldBehaviour.Counter, "Messages that the broker took."),
        new("mqtt_connections", "{connection}", FieldBehaviour.Counter, "Connections that became ready; more than one per session means that it was lost."),
        new("mqtt_sessions_lost", "{session}", FieldBehaviour.Counter, "Times that the broker had forgotten our session: messages may be lost."),
        new("mqtt_protocol_errors", "{connection}", FieldBehaviour.Counter, "Connections dropped because the broker broke the protocol."),
    ];

    public ValueTask ReadAsync(Action<string, double> tell, CancellationToken cancellationToken)
    {
        var sessions = field.Sessions.ToArray();
        tell("mqtt_sessions_ready", sessions.Count(s => s.Status.State == MqttSessionState.Ready));
        tell("mqtt_outgoing", sessions.Sum(s => s.Outgoing));
        tell("mqtt_published", sessions.Sum(s => s.Counters.Published));
        tell("mqtt_connections", sessions.Sum(s => s.Counters.Connections));
        tell("mqtt_sessions_lost", sessions.Sum(s => s.Counters.SessionsLost));
        tell("mqtt_protocol_errors", sessions.Sum(s => s.Counters.ProtocolErrors));
        return ValueTask.CompletedTask;
    }
}
