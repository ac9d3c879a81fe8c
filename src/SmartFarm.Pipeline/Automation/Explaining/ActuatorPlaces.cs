using SmartFarm.Domain.Farms;

namespace SmartFarm.Pipeline.Automation.Explaining;

/// <summary>Finds an actuator by the shortest name that is clear: <c>roof_vent</c>, <c>gh1/roof_vent</c> or <c>turkestan-1/gh1/roof_vent</c>.</summary>
public static class ActuatorPlaces
{
    /// <summary>The actuator of that name.</summary>
    /// <exception cref="ArgumentException">There is none, or more than one; the message says what to write.</exception>
    public static ActuatorPlace Find(Farm farm, string name)
    {
        var all = (from site in farm.Sites
                   from zone in site.Zones
                   from controller in zone.Controllers
                   from actuator in controller.Actuators
                   select new ActuatorPlace(site, zone, actuator)).ToList();
        var parts = name.Split('/');
        var found = all.Where(p => parts is [var a] ? p.Actuator.Id == a
            : parts is [var z, var b] ? p.Zone.Id == z && p.Actuator.Id == b
            : parts is [var s, var y, var c] && p.Site.Id == s && p.Zone.Id == y && p.Actuator.Id == c).ToList();
        return found switch
        {
            [var one] => one,
            [] => throw new ArgumentException($"No actuator is called '{name}'. This farm has: {string.Join(", ", all.Select(Name).Take(20))}{(all.Count > 20 ? " …" : "")}."),
            _ => throw new ArgumentException($"'{name}' is the name of {found.Count} actuators; write {string.Join(" or ", found.Select(Name).Take(5))}."),
        };
    }

    private static string Name(ActuatorPlace place) => $"{place.Site.Id}/{place.Zone.Id}/{place.Actuator.Id}";
}
