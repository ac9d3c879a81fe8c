namespace SmartFarm.Pipeline.Automation;

/// <summary>What people have in hand now.</summary>
/// <param name="Overrides">Actuators.</param>
/// <param name="Stops">Zones that are stopped.</param>
public sealed record ManualPicture(IReadOnlyList<OverrideView> Overrides, IReadOnlyList<StopView> Stops);

/// <summary>An actuator in somebody's hand.</summary>
/// <param name="Site">Its site.</param>
/// <param name="Zone">Its zone.</param>
/// <param name="Actuator">Its name.</param>
/// <param name="Target">Where it is to be, in its unit.</param>
/// <param name="Owner">Who wants it.</param>
/// <param name="Reason">Why.</param>
/// <param name="UntilMs">When the rules take over again, Unix ms.</param>
public sealed record OverrideView(string Site, string Zone, string Actuator, double Target, string Owner, string Reason, long UntilMs);

/// <summary>An emergency stop.</summary>
/// <param name="Site">Its site.</param>
/// <param name="Zone">Its zone.</param>
/// <param name="Owner">Who stopped it.</param>
/// <param name="Reason">Why.</param>
/// <param name="SinceMs">Since when, Unix ms.</param>
public sealed record StopView(string Site, string Zone, string Owner, string Reason, long SinceMs);

/// <summary>Knows what people have in hand: the rules keep it. Thread-safe.</summary>
public interface IManualView
{
    /// <summary>What holds now.</summary>
    Task<ManualPicture> ManualAsync(CancellationToken cancellationToken);
}
