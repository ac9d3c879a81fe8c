using System.Diagnostics.CodeAnalysis;
using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Text;
using SmartFarm.Pipeline.Clocks;
using SmartFarm.Pipeline.State;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Pipeline.Intake;

/// <summary>Finds who is behind an address. Immutable in shape; the states it leads to are live.</summary>
public sealed class FarmMap
{
    private readonly Utf8Table<DeviceEntry> _devices;
    private readonly Dictionary<(string Site, string Address), ControllerEntry> _controllers = [];

    /// <summary>The map of a farm.</summary>
    public FarmMap(Farm farm, SeriesCatalog catalog)
    {
        Farm = farm;
        var zones = new List<ZoneState>();
        var devices = new List<KeyValuePair<string, DeviceEntry>>();
        foreach (var site in farm.Sites)
        {
            var shared = new ZoneState(site, null, catalog);
            AddDevices(site, shared, site.Devices);
            foreach (var zone in site.Zones)
            {
                var state = new ZoneState(site, zone, catalog);
                zones.Add(state);
                AddDevices(site, state, zone.Devices);
                foreach (var controller in zone.Controllers)
                {
                    _controllers.Add((site.Id, controller.Address), new ControllerEntry(state, controller));
                }
            }

            zones.Add(shared);
        }

        Zones = zones;
        _devices = new Utf8Table<DeviceEntry>(devices);

        void AddDevices(Site site, ZoneState zone, IReadOnlyList<Device> list)
        {
            foreach (var device in list)
            {
                devices.Add(KeyValuePair.Create($"{site.Id}/{device.Address}", zone.Add(device)));
            }
        }
    }

    /// <summary>The farm as configured.</summary>
    public Farm Farm { get; }

    /// <summary>Every zone; the devices of a site itself form one named <see cref="Schema.SiteZone"/>.</summary>
    public IReadOnlyList<ZoneState> Zones { get; }

    /// <summary>Finds a device by <c>site/address</c>.</summary>
    public bool TryGetDevice(ReadOnlySpan<byte> siteAndAddress, [MaybeNullWhen(false)] out DeviceEntry device) => _devices.TryGet(siteAndAddress, out device);

    /// <summary>Finds a controller.</summary>
    public bool TryGetController(string site, string address, [MaybeNullWhen(false)] out ControllerEntry controller) =>
        _controllers.TryGetValue((site, address), out controller);

    /// <summary>The live state of a zone.</summary>
    public bool TryGetZone(string site, string zone, [MaybeNullWhen(false)] out ZoneState state)
    {
        state = Zones.FirstOrDefault(z => z.Site.Id == site && z.Id == zone);
        return state is not null;
    }
}

/// <summary>A controller and the zone whose actuators it moves.</summary>
/// <param name="Zone">The zone.</param>
/// <param name="Controller">The controller.</param>
public sealed record ControllerEntry(ZoneState Zone, Controller Controller)
{
    /// <summary>How its clock stands to ours. Only the desk uses it.</summary>
    internal SenderClock Clock { get; } = new();
}
