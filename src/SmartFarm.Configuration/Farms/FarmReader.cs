using SmartFarm.Configuration.Yaml;
using SmartFarm.Domain.Farms;

namespace SmartFarm.Configuration.Farms;

/// <summary>Reads the top of <c>farm.yaml</c>. Readers go on after an error with a stand-in value, to find the next one.</summary>
internal static class FarmReader
{
    private static readonly (string, double)[] Metres = [("m", 1)];

    public static Farm Read(YamlMap top, IReadOnlyCollection<string> formats)
    {
        var id = top.Get("farm")?.AsName() ?? "farm";
        if (top.Require("sites", "[{ id: north, zones: [] }]") is YamlList { Items.Count: 0 } empty)
        {
            empty.Report("A farm has at least one site; add one such as '- id: north'.");
        }

        var names = new UniqueNames("site");
        var sites = top.Maps("sites").Select(map => Site(map, names, formats)).ToArray();
        top.ReportUnknownKeys();
        return new Farm(id, sites.AsReadOnly());
    }

    private static Site Site(YamlMap map, UniqueNames names, IReadOnlyCollection<string> formats)
    {
        var id = names.Read(map, "id", "turkestan-1");
        var location = map.Get("location")?.AsMap();
        var latitude = location?.Require("latitude", "43.30")?.AsNumber(-90, 90);
        var longitude = location?.Require("longitude", "68.25")?.AsNumber(-180, 180);
        var altitude = location?.Get("altitude")?.AsAmount(-430, 9000, Metres);
        location?.ReportUnknownKeys();

        var addresses = new UniqueNames("device or controller address", "backend");
        var ids = new UniqueNames("device or controller", "backend");
        var nodes = new NodeReader(ids, addresses, formats);
        var zoneNames = new UniqueNames("zone", "site");
        var site = new Site(
            id,
            map.Get("name")?.AsText() ?? id,
            latitude,
            longitude,
            altitude,
            map.Get("time_zone") is { } zone ? TimeZones.Read(zone) : "UTC",
            nodes.Devices(map),
            map.Maps("zones").Select(z => Zone(z, zoneNames, nodes)).ToArray().AsReadOnly());
        site = site with { Groups = GroupReader.Read(map, site.Zones) };
        map.ReportUnknownKeys();
        return site;
    }

    private static Zone Zone(YamlMap map, UniqueNames names, NodeReader nodes)
    {
        var id = names.Read(map, "id", "gh1");
        var zone = new Zone(
            id,
            map.Get("name")?.AsText() ?? id,
            map.Get("crop")?.AsName(),
            map.Get("area")?.AsAmount(0.01, 1e7, ("m2", 1), ("m²", 1), ("ha", 10_000)),
            nodes.Devices(map),
            nodes.Controllers(map))
        {
            Planted = CropReader.Planted(map.Get("planted")),
            Stages = CropReader.Stages(map.Get("stages")),
        };
        zone = zone with { Exclusive = ExclusiveReader.Read(map, zone) };
        map.ReportUnknownKeys();
        return zone;
    }
}
