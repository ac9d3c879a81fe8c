namespace SmartFarm.Simulator.Faults;

/// <summary>
/// A fault as a scenario asks for it: what, whom, when. Exactly one of <see cref="Device"/>, <see cref="Controller"/> and
/// <see cref="Zone"/> says whom; names are the logical ones of the farm, not addresses.
/// </summary>
public sealed record FaultSpec
{
    /// <summary>Name of the kind, one of <see cref="FaultKinds.All"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Site of whom it befalls.</summary>
    public required string Site { get; init; }

    /// <summary>When it begins and ends.</summary>
    public required FaultWindow Window { get; init; }

    /// <summary>The device that it befalls.</summary>
    public string? Device { get; init; }

    /// <summary>One quantity of the device; null: each of them.</summary>
    public string? Quantity { get; init; }

    /// <summary>The controller that it befalls.</summary>
    public string? Controller { get; init; }

    /// <summary>One actuator of the controller; null: each of them.</summary>
    public string? Actuator { get; init; }

    /// <summary>The house that it befalls.</summary>
    public string? Zone { get; init; }

    /// <summary>Same seed, same chance.</summary>
    public int Seed { get; init; }

    /// <summary>Parameters of the kind by name, written as in a file; what is left out has the kind's default.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What it befalls.</summary>
    public FaultPlace Place => Device is not null ? FaultPlace.Device : Controller is not null ? FaultPlace.Controller : Zone is not null ? FaultPlace.House : FaultPlace.None;
}
