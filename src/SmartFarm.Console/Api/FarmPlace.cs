using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SmartFarm.Pipeline.State;

namespace SmartFarm.Console.Api;

/// <summary>Finds the zones and actuators that a request means.</summary>
internal static class FarmPlace
{
    /// <summary>Zones with actuators; all of them when neither is given.</summary>
    /// <exception cref="BadQueryException">There is none of those names.</exception>
    public static IReadOnlyList<ZoneView> Zones(HttpContext context, string? site, string? zone)
    {
        var all = context.RequestServices.GetRequiredService<IFarmView>().Zones().Where(z => z.Actuators.Count > 0).ToList();
        var found = all.Where(z => (site is null || z.Site == site) && (zone is null || z.Zone == zone)).ToList();
        return found.Count > 0 ? found
            : throw new BadQueryException($"There is no {(zone is null ? $"site '{site}'" : $"zone '{zone}'")} with actuators; known are {string.Join(", ", all.Select(z => $"{z.Site}/{z.Zone}"))}.");
    }

    /// <summary>One actuator; its site may be left out while only one has that zone.</summary>
    /// <exception cref="BadQueryException">There is none of that name, or more than one.</exception>
    public static (ZoneView Zone, ActuatorView Actuator) Actuator(HttpContext context, string? site, string? zone, string? actuator)
    {
        var zones = Zones(context, site, Query.Name("zone", zone));
        if (zones.Count > 1)
        {
            throw new BadQueryException($"Several sites have a zone '{zone}'; give 'site' too.");
        }

        return zones[0].Actuators.FirstOrDefault(a => a.Id == actuator) is { } found ? (zones[0], found)
            : throw new BadQueryException($"Zone {zone} has no actuator '{actuator}'; it has {string.Join(", ", zones[0].Actuators.Select(a => a.Id))}.");
    }
}
