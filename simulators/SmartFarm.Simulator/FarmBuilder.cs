using Microsoft.Extensions.Logging;
using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Wire;
using SmartFarm.Greenhouse.Weather.Events;
using SmartFarm.Greenhouse.Weather.Generated;
using SmartFarm.Mqtt;
using SmartFarm.Simulator.Controllers;
using SmartFarm.Simulator.Devices;
using SmartFarm.Simulator.Faults;
using SmartFarm.Simulator.LockStep;
using SmartFarm.Simulator.World;

namespace SmartFarm.Simulator;

/// <summary>Turns the description of a farm into simulated sites, and says what of it is not simulated.</summary>
internal sealed partial class FarmBuilder(
    FaultBook book, MqttSessionOptions connection, SimulationOptions options, TimeProvider time, TimeProvider network, ILoggerFactory loggers)
{
    private readonly NativeTopics _topics = new(options.Root);
    private readonly ILogger _log = loggers.CreateLogger<FarmBuilder>();
    private readonly DateTimeOffset _start = time.GetUtcNow() - options.Past;

    public List<NodeLink> Links { get; } = [];

    /// <summary>Where controllers note the answers of the clock; empty unless <see cref="SimulationOptions.IsStepped"/>.</summary>
    public List<AnswerMark> Marks { get; } = [];

    public List<Postbox> Postboxes { get; } = [];

    public Dictionary<(string Site, string Device), DeviceNode> Devices { get; } = [];

    public Dictionary<(string Site, string Controller), SimulatedController> Controllers { get; } = [];

    public SimulatedSite Build(Site site)
    {
        var clock = new WorldClock(_start, options.Speed, options.WorldOffset);
        var place = SimulatedSite.PlaceOf(site);
        var weather = new EventfulWeather(options.Recorded ?? new GeneratedWeather(place, Seed(site.Id)), place, options.Weather);
        var zones = site.Zones.Select(zone => new ZoneNodes(
            zone.Id,
            new SimulatedZone(SimulatedSite.HouseOf(options.House, new Random(Seed(site.Id, zone.Id))), weather, clock.At(_start), zone.AreaM2 ?? SimulatedZone.UsualAreaM2),
            [.. zone.Controllers.Where(c => Speaks(c.Id, c.Format)).Select(c => Build(site, c))],
            Build(site, zone.Devices, isOutside: false),
            book.Of(site, zone)));
        return new SimulatedSite(weather, clock, Build(site, site.Devices, isOutside: true), [.. zones]);
    }

    private List<DeviceNode> Build(Site site, IEnumerable<Device> devices, bool isOutside) =>
        [.. devices.Where(d => Speaks(d.Id, d.Format)).Select(device => Build(site, device, isOutside))];

    private DeviceNode Build(Site site, Device device, bool isOutside)
    {
        var faults = book.Of(site, device);
        var simulated = new SimulatedDevice(device, isOutside, Seed(site.Id, device.Id), _start, faults, options.Speed);
        foreach (var quantity in simulated.NotSimulated)
        {
            Log.NoInstrument(_log, device.Id, quantity.Name);
        }

        var link = Link(site, device.Address, [], receive: null);
        var write = WireFormats.Find(device.Format)!;
        var node = new DeviceNode(simulated, report => write(_topics, site.Id, device.Address, report), PostboxOf(faults, link.Send, link.Show));
        Devices.Add((site.Id, device.Id), node);
        return node;
    }

    private SimulatedController Build(Site site, Controller controller)
    {
        foreach (var actuator in controller.Actuators.Where(a => !ActuatorEffects.HasEffect(a)))
        {
            Log.NoEffect(_log, controller.Id, actuator.Id);
        }

        NodeLink? link = null;
        var faults = book.Of(site, controller);
        var postbox = PostboxOf(faults, message => link!.Send(message), isPresent => link!.Show(isPresent));
        var simulated = new SimulatedController(_topics, site.Id, controller, options, _start, faults, postbox);
        string? Receive(NodeLink.ReceivedText message) => simulated.Receive(message.Topic, message.Payload, time.GetUtcNow());
        link = options.IsStepped ? Stepped(site, controller, simulated, Receive) : Link(site, controller.Address, simulated.Subscriptions, Receive);
        link.Ready += simulated.Reconnected;
        Controllers.Add((site.Id, controller.Id), simulated);
        return simulated;
    }

    /// <summary>A controller that is led step by step also hears the answers of the clock.</summary>
    private NodeLink Stepped(Site site, Controller controller, SimulatedController simulated, Func<NodeLink.ReceivedText, string?> receive)
    {
        var mark = new AnswerMark(options.Root);
        mark.Link = Link(site, controller.Address, [.. simulated.Subscriptions, ClockWord.AnswerTopic(options.Root)], message => mark.Takes(message) ? null : receive(message));
        Marks.Add(mark);
        return mark.Link;
    }

    private NodeLink Link(Site site, string address, IReadOnlyList<string> subscriptions, Func<NodeLink.ReceivedText, string?>? receive)
    {
        var own = connection with
        {
            ClientId = $"{connection.ClientId}-{site.Id}-{address}",
            Subscriptions = subscriptions,
            SessionExpiry = TimeSpan.Zero,
            Seed = Seed(site.Id, address),
        };
        Links.Add(new NodeLink(own, _topics.Status(site.Id, address), options.Outbox, receive, network, loggers));
        return Links[^1];
    }

    private Postbox PostboxOf(NodeFaults faults, Action<MqttMessage> send, Action<bool> presence)
    {
        Postboxes.Add(new Postbox(faults.OfDelivery(), send, presence));
        return Postboxes[^1];
    }

    private bool Speaks(string id, string format)
    {
        var isKnown = WireFormats.Find(format) is not null;
        if (!isKnown)
        {
            Log.OtherFormat(_log, id, format);
        }

        return isKnown;
    }

    private int Seed(params string[] names) => Seeds.Mix(options.Seed, names);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{Device} declares {Quantity}; nothing in this simulation has it, so it is not sent.")]
        public static partial void NoInstrument(ILogger log, string device, string quantity);

        [LoggerMessage(Level = LogLevel.Information, Message = "{Controller}/{Actuator} moves, but this simulation knows no effect of it on the climate.")]
        public static partial void NoEffect(ILogger log, string controller, string actuator);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Node} speaks the format '{Format}', which is not simulated; it stays silent.")]
        public static partial void OtherFormat(ILogger log, string node, string format);
    }
}
