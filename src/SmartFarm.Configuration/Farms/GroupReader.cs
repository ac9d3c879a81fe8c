using SmartFarm.Configuration.Values;
using SmartFarm.Configuration.Yaml;
using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;

namespace SmartFarm.Configuration.Farms;

/// <summary>
/// Reads the <c>groups</c> of a site: <c>{ id: pump, actuators: [gh1/drip_1, gh2/drip_1], at_most: 1 }</c>, or with what each takes
/// <c>{ id: pump, loads: { gh1/drip_1: 40 L/min, gh2/drip_1: 30 L/min }, capacity: 60 L/min }</c>.
/// </summary>
internal static class GroupReader
{
    public static IReadOnlyList<ActuatorGroup> Read(YamlMap site, IReadOnlyList<Zone> zones)
    {
        var names = new UniqueNames("group");
        return site.Maps("groups").Select(map => Group(map, names, zones)).ToArray().AsReadOnly();
    }

    private static ActuatorGroup Group(YamlMap map, UniqueNames names, IReadOnlyList<Zone> zones)
    {
        var id = names.Read(map, "id", "pump");
        var loads = map.Get("loads")?.AsMap();
        var group = loads is null ? Counted(map, id, zones) : Measured(map, loads, id, zones);
        map.ReportUnknownKeys();
        return group;
    }

    private static ActuatorGroup Counted(YamlMap map, string id, IReadOnlyList<Zone> zones)
    {
        var capacity = map.Get("at_most")?.AsNumber(1, 1000) ?? 1;
        var list = map.Require("actuators", "[gh1/drip_1, gh2/drip_1]");
        var names = map.List("actuators").Select(n => n.AsScalar()).OfType<YamlScalar>().DistinctBy(s => s.Text).ToList();
        ReportLoneliness(list, names.Count);
        return new ActuatorGroup(id, capacity, "", names.Select(s => Member(s, zones, 1)).OfType<GroupMember>().ToArray().AsReadOnly());
    }

    private static ActuatorGroup Measured(YamlMap map, YamlMap loads, string id, IReadOnlyList<Zone> zones)
    {
        if (map.Require("capacity", "60 L/min")?.AsScalar() is not { } scalar)
        {
            return new ActuatorGroup(id, 0, "", []);
        }

        if (!Amount.TryParse(scalar.Text, out var capacity) || capacity.Value <= 0 || !Units.TryGet(capacity.Unit, out var unit))
        {
            scalar.Report($"'{scalar.Text}' is not a capacity; write a number above zero with its unit, for example '60 L/min'.");
            return new ActuatorGroup(id, 0, "", []);
        }

        ReportLoneliness(loads, loads.Entries.Count);
        var members = new List<GroupMember>();
        foreach (var (key, value) in loads.Entries)
        {
            if (value.AsScalar() is not { } load || Targets.Number(load, unit, isDifference: true) is not { } amount || Member(key, zones, amount) is not { } member)
            {
                continue;
            }

            members.Add(member);
            if (amount <= 0 || amount > capacity.Value)
            {
                load.Report($"{load.Text} must be above zero and within the capacity of {scalar.Text}, or it could never run.");
            }
        }

        return new ActuatorGroup(id, capacity.Value, unit.Symbol, members.AsReadOnly());
    }

    private static void ReportLoneliness(YamlNode? list, int members)
    {
        if (members < 2)
        {
            list?.Report("A group needs at least two different actuators that share something; name them as 'zone/actuator'.");
        }
    }

    private static GroupMember? Member(YamlScalar name, IReadOnlyList<Zone> zones, double load)
    {
        var known = zones.SelectMany(z => z.Controllers.SelectMany(c => c.Actuators).Select(a => $"{z.Id}/{a.Id}")).ToArray();
        if (known.Contains(name.Text))
        {
            var parts = name.Text.Split('/');
            return new GroupMember(parts[0], parts[1], load);
        }

        name.Report($"The actuator '{name.Text}' is not known; {Suggestion.For(name.Text, known)}");
        return null;
    }
}
