using SmartFarm.Configuration.Values;
using SmartFarm.Domain.Farms;
using SmartFarm.Simulator.Faults.Houses;

namespace SmartFarm.Simulator.Faults;

/// <summary>What goes wrong in a farm, sorted by whom it befalls.</summary>
internal sealed class FaultBook
{
    private readonly IReadOnlyList<FaultSpec> _specs;
    private readonly long _seed;

    /// <param name="specs">The faults.</param>
    /// <param name="farm">The farm that they name places of.</param>
    /// <param name="seed">Seed of the simulation.</param>
    /// <exception cref="SimulatorException">A fault or a place does not exist, or a parameter is wrong.</exception>
    public FaultBook(IReadOnlyList<FaultSpec> specs, Farm farm, long seed)
    {
        (_specs, _seed) = (specs, seed);
        foreach (var spec in specs)
        {
            if ((FaultKinds.Objection(spec) ?? Missing(spec, farm)) is { } objection)
            {
                throw new SimulatorException(objection);
            }
        }
    }

    public NodeFaults Of(Site site, Device device) => Of(spec => spec.Site == site.Id && spec.Device == device.Id, site.Id, device.Id);

    public NodeFaults Of(Site site, Controller controller) => Of(spec => spec.Site == site.Id && spec.Controller == controller.Id, site.Id, controller.Id);

    public IReadOnlyList<HouseFault> Of(Site site, Zone zone) =>
        [.. _specs.Where(spec => spec.Site == site.Id && spec.Zone == zone.Id)
            .Select(spec => (HouseFault)FaultKinds.Find(spec).Create(spec, Seeds.Mix(_seed + spec.Seed, site.Id, zone.Id, spec.Kind)))];

    private NodeFaults Of(Func<FaultSpec, bool> isMeant, string site, string node) => new([.. _specs.Where(isMeant)], Seeds.Mix(_seed, site, node));

    private static string? Missing(FaultSpec spec, Farm farm)
    {
        if (farm.Sites.FirstOrDefault(s => s.Id == spec.Site) is not { } site)
        {
            return Sentence(spec, "site", spec.Site, farm.Sites.Select(s => s.Id));
        }

        var devices = site.Devices.Concat(site.Zones.SelectMany(z => z.Devices)).ToList();
        var controllers = site.Zones.SelectMany(z => z.Controllers).ToList();
        return Missing(spec, "device", spec.Device, devices.Select(d => d.Id))
            ?? Missing(spec, "quantity", spec.Quantity, devices.Where(d => d.Id == spec.Device && d.Quantities.Count > 0).SelectMany(d => d.Quantities, (_, q) => q.Name))
            ?? Missing(spec, "controller", spec.Controller, controllers.Select(c => c.Id))
            ?? Missing(spec, "actuator", spec.Actuator, controllers.Where(c => c.Id == spec.Controller).SelectMany(c => c.Actuators, (_, a) => a.Id))
            ?? Missing(spec, "zone", spec.Zone, site.Zones.Select(z => z.Id));
    }

    private static string? Missing(FaultSpec spec, string what, string? name, IEnumerable<string> known) =>
        name is null || known.Contains(name) ? null : Sentence(spec, what, name, known);

    private static string Sentence(FaultSpec spec, string what, string name, IEnumerable<string> known) =>
        $"The fault '{spec.Kind}' befalls the {what} '{name}', which is not there; {Suggestion.For(name, [.. known])}";
}
