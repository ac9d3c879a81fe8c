namespace SmartFarm.Simulator.InMemory;

/// <summary>What would go over the wire.</summary>
/// <param name="Topic">Of its topic only the last level.</param>
/// <param name="Deliver">Gives it to whoever listens.</param>
internal readonly record struct FieldMessage(string Topic, Action<IFieldListener> Deliver)
{
    public const string Telemetry = "/telemetry";
    public const string Reply = "/reply";
    public const string State = "/state";
}
