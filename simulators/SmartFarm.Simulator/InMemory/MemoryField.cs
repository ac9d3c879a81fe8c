using SmartFarm.Domain.Commands;
using SmartFarm.Domain.Farms;
using SmartFarm.Greenhouse.Climate;
using SmartFarm.Greenhouse.Weather.Events;
using SmartFarm.Greenhouse.Weather.Generated;
using SmartFarm.Simulator.Faults;
using SmartFarm.Simulator.Weeks;
using SmartFarm.Simulator.World;

namespace SmartFarm.Simulator.InMemory;

/// <summary>
/// A site of a farm in memory, without wire and clock: weather, houses, sensors, controllers and their faults, as <see cref="SimulatedFarm"/> has them, as
/// fast as the computer goes. What devices and controllers say waits until <see cref="Deliver"/>. Not thread-safe.
/// </summary>
public sealed class MemoryField
{
    private readonly EventfulWeather _weather;
    private readonly MemoryDevice[] _devices;
    private readonly Dictionary<string, MemoryController> _controllers = new(StringComparer.Ordinal);
    private List<FieldMessage> _sent = [];
    private readonly Action<FieldMessage> _send;
    private List<FieldMessage> _arriving = [];

    /// <param name="farm">The farm.</param>
    /// <param name="site">The site of it that is played.</param>
    /// <param name="options">When, in what weather, and what goes wrong.</param>
    /// <exception cref="SimulatorException">A fault or its place does not exist, or a parameter is wrong.</exception>
    public MemoryField(Farm farm, Site site, FieldOptions options)
    {
        var book = new FaultBook(options.Faults, farm, options.Seed);
        var place = SimulatedSite.PlaceOf(site);
        _weather = new EventfulWeather(options.Recorded ?? new GeneratedWeather(place, Seed(options, site.Id)), place, options.Weather);
        (Now, _send) = (options.Start, message => _sent.Add(message));
        _devices = [.. site.Devices.Select(device => Make(book, site, device, isOutside: true, options))];
        Zones = [.. site.Zones.Select(zone => Make(book, site, zone, options))];
    }

    /// <summary>How far it has lived.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>Its houses, in the order of the farm.</summary>
    public IReadOnlyList<MemoryZone> Zones { get; }

    /// <summary>Lets everything live on until a time, in one step.</summary>
    public void Advance(DateTimeOffset to)
    {
        Now = to;
        foreach (var zone in Zones)
        {
            zone.Tick(to);
        }

        var scene = new Scene(_weather.At(to), House: null);
        foreach (var device in _devices)
        {
            device.Tick(scene, to);
        }
    }

    /// <summary>Gives what has arrived to a listener, or lets it fall when nobody listens.</summary>
    public void Deliver(IFieldListener? listener)
    {
        // What is said while these are delivered arrives the next time.
        (_sent, _arriving) = (_arriving, _sent);
        foreach (var message in _arriving)
        {
            if (listener is not null)
            {
                message.Deliver(listener);
            }
        }

        _arriving.Clear();
    }

    /// <summary>Gives a command to a controller, if it can hear it.</summary>
    public void Send(string controller, Command command) => _controllers[controller].Take(command, Now);

    /// <summary>Tells all controllers whether the backend is there.</summary>
    public void Heartbeat(bool isOnline)
    {
        foreach (var controller in _controllers.Values)
        {
            controller.Hear(isOnline, Now);
        }
    }

    /// <summary>Somebody turns the key at a controller.</summary>
    public void Turn(string controller, ControlMode mode) => _controllers[controller].Turn(mode, Now);

    /// <summary>Whether a controller runs and hears the backend, and its key is with the backend.</summary>
    public bool IsReachable(string controller) => _controllers[controller] is { IsConnected: true, Mode: ControlMode.Remote };

    private static int Seed(FieldOptions options, params string[] names) => Seeds.Mix(options.Seed, names);

    private MemoryDevice Make(FaultBook book, Site site, Device device, bool isOutside, FieldOptions options) =>
        new(device, isOutside, Seed(options, site.Id, device.Id), options.Start, book.Of(site, device), _send);

    private MemoryZone Make(FaultBook book, Site site, Zone zone, FieldOptions options)
    {
        var controllers = zone.Controllers.Select(c => new MemoryController(c, options, book.Of(site, c), _send)).ToArray();
        foreach (var controller in controllers)
        {
            _controllers.Add(controller.Id, controller);
        }

        var model = SimulatedSite.HouseOf(options.House, new Random(Seed(options, site.Id, zone.Id)));
        return new MemoryZone(
            zone, Settled(model, options), controllers, [.. zone.Devices.Select(device => Make(book, site, device, isOutside: false, options))], book.Of(site, zone));
    }

    /// <summary>A house that has lived for some days under the grower.</summary>
    private House Settled(HouseModel model, FieldOptions options)
    {
        var begin = options.Start.AddDays(-options.DaysBefore);
        var ground = _weather.At(begin).GroundTemperatureC;
        var house = new House(model, _weather, begin, model.Start(20, 70) with { SoilTemperatureC = ground, SubsoilTemperatureC = ground });
        while (house.Time < options.Start)
        {
            var next = house.Time + TimeSpan.FromMinutes(1);
            house.Advance(next < options.Start ? next : options.Start, Grower.Decide(house.State, house.Outside));
        }

        return house;
    }
}
