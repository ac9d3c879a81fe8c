namespace SmartFarm.Domain.Farms;

/// <summary>A farm as its <c>farm.yaml</c> describes it: an immutable, checked snapshot.</summary>
/// <param name="Id">Name of the farm.</param>
/// <param name="Sites">Its places, at least one.</param>
public sealed record Farm(string Id, IReadOnlyList<Site> Sites);

/// <summary>A place with one weather: several zones and the devices they share.</summary>
/// <param name="Id">Lasting name; the tag <c>site</c> in the database and the level in topics.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Latitude">Degrees north, or null.</param>
/// <param name="Longitude">Degrees east, or null.</param>
/// <param name="AltitudeM">Metres above sea level, or null.</param>
/// <param name="TimeZone">IANA time zone, "UTC" when not given.</param>
/// <param name="Devices">Weather station, tank, meter.</param>
/// <param name="Zones">Houses or compartments.</param>
public sealed record Site(
    string Id,
    string Name,
    double? Latitude,
    double? Longitude,
    double? AltitudeM,
    string TimeZone,
    IReadOnlyList<Device> Devices,
    IReadOnlyList<Zone> Zones)
{
    /// <summary>Actuators that share something, across its zones.</summary>
    public IReadOnlyList<ActuatorGroup> Groups { get; init; } = [];
}

/// <summary>The unit of climate and control: one air volume, one rule state.</summary>
/// <param name="Id">Lasting name, unique in its site; the tag <c>zone</c>.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Crop">What grows there, or null.</param>
/// <param name="AreaM2">Floor area in m², or null.</param>
/// <param name="Devices">Sensors of the zone.</param>
/// <param name="Controllers">Controllers that move its actuators.</param>
public sealed record Zone(string Id, string Name, string? Crop, double? AreaM2, IReadOnlyList<Device> Devices, IReadOnlyList<Controller> Controllers)
{
    /// <summary>Day on which its crop was planted, or null.</summary>
    public DateOnly? Planted { get; init; }

    /// <summary>Stages of its crop with the age in days at which each begins, youngest first.</summary>
    public IReadOnlyList<CropStage> Stages { get; init; } = [];

    /// <summary>Groups of its actuators of which one at most may be away from its safe state.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Exclusive { get; init; } = [];
}

/// <summary>A stage of a crop.</summary>
/// <param name="Name">What it is called, such as <c>fruiting</c>.</param>
/// <param name="FromDay">Age in days at which it begins.</param>
public sealed record CropStage(string Name, double FromDay);
