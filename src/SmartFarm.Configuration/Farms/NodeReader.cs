using System.Collections.ObjectModel;
using SmartFarm.Configuration.Values;
using SmartFarm.Configuration.Yaml;
using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;

namespace SmartFarm.Configuration.Farms;

/// <summary>Reads devices and controllers. Within a site both share one space of names and one of addresses, because both are levels of a topic.</summary>
internal sealed class NodeReader(UniqueNames ids, UniqueNames addresses, IReadOnlyCollection<string> formats)
{
    private static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ShortestUplink = TimeSpan.FromSeconds(1);

    /// <summary>What makers set unless told otherwise: Dragino's nodes speak every 20 minutes.</summary>
    private static readonly TimeSpan DefaultUplink = TimeSpan.FromMinutes(20);

    private const int MaxActuators = 64;
    private static readonly string[] QuantityNames = [.. Quantities.All.Select(q => q.Name)];

    public IReadOnlyList<Device> Devices(YamlMap parent) => parent.Maps("devices").Select(Device).ToArray().AsReadOnly();

    public IReadOnlyList<Controller> Controllers(YamlMap parent)
    {
        // Actuators are unique in their zone; "ts", "mode" and "boot" are keys of the state message.
        var names = new UniqueNames("actuator", "ts", "mode", "boot");
        var controllers = parent.Maps("controllers").Select(map => Controller(map, names)).ToArray();
        if (controllers.Sum(c => c.Actuators.Count) > MaxActuators)
        {
            parent.Report($"The zone has more than {MaxActuators} actuators; split it.");
        }

        return controllers.AsReadOnly();
    }

    private Device Device(YamlMap map)
    {
        var id = ids.Read(map, "id", "climate-1");
        var interval = map.Get("interval")?.AsDuration(Shortest) ?? DefaultInterval;
        var staleAfter = interval * 3;
        if (map.Get("stale_after") is { } stale && stale.AsDuration() is { } given)
        {
            staleAfter = given;
            if (given < interval)
            {
                stale.Report($"Values would be stale before the next one comes; give at least the interval of {Durations.Format(interval)}.");
            }
        }

        var device = new Device(id, Address(map, id), Format(map), interval, staleAfter, QuantitiesOf(map));
        map.ReportUnknownKeys();
        return device;
    }

    private Controller Controller(YamlMap map, UniqueNames names)
    {
        var id = ids.Read(map, "id", "ctrl-1");
        if (map.Require("actuators", "[{ id: heater, kind: switch }]") is YamlList { Items.Count: 0 } empty)
        {
            empty.Report("A controller has at least one actuator; add one such as '- { id: heater, kind: switch }'.");
        }

        var actuators = map.Maps("actuators").Select(a => ActuatorReader.Read(a, names)).ToArray();
        var controller = new Controller(id, Address(map, id), Format(map), actuators.AsReadOnly()) { Uplink = Uplink(map) };
        map.ReportUnknownKeys();
        return controller;
    }

    private static TimeSpan? Uplink(YamlMap map)
    {
        var isSleeper = map.Get("class")?.AsOneOf(("A", true), ("C", false)) == true;
        var node = map.Get("uplink");
        if (node is not null && !isSleeper)
        {
            node.Report("Only a controller of class A waits for its uplink; add 'class: A', or leave 'uplink' out.");
        }

        return isSleeper ? node?.AsDuration(ShortestUplink) ?? DefaultUplink : null;
    }

    private string Address(YamlMap map, string id)
    {
        var node = map.Get("address") ?? map.Get("id");
        return node?.AsScalar() is not null && (map.Get("address") is null ? id : node.AsName()) is { Length: > 0 } address
            ? addresses.Add(node, address)
            : "";
    }

    private string Format(YamlMap map)
    {
        var node = map.Get("format");
        var format = node?.AsName() ?? "native";
        if (!formats.Contains(format))
        {
            node?.Report($"The format '{format}' is not known; {Suggestion.For(format, formats)}");
        }

        return format;
    }

    private static ReadOnlyCollection<Quantity> QuantitiesOf(YamlMap map)
    {
        var found = new List<Quantity>();
        foreach (var node in map.List("quantities"))
        {
            if (node.AsScalar() is not { } scalar)
            {
                continue;
            }

            if (!Quantities.TryGet(scalar.Text, out var quantity))
            {
                scalar.Report($"The quantity '{scalar.Text}' is not known; {Suggestion.For(scalar.Text, QuantityNames)}");
            }
            else if (found.Contains(quantity))
            {
                scalar.Report($"The quantity '{scalar.Text}' is listed twice; keep one.");
            }
            else
            {
                found.Add(quantity);
            }
        }

        return found.AsReadOnly();
    }
}
