using SmartFarm.Domain.Quantities;
using SmartFarm.Pipeline.State;
using SmartFarm.Rules.Engine;

namespace SmartFarm.Pipeline.Automation;

/// <summary>Who is told of a value.</summary>
/// <param name="Zone">The zone.</param>
/// <param name="Runner">Its rules.</param>
/// <param name="Signal">Which of their signals it is.</param>
internal readonly record struct Route(ZoneAutomation Zone, ZoneRunner Runner, int Signal);

/// <summary>Where the values of one zone, or of a site's own devices, go: only to rules that look at them. Immutable.</summary>
internal sealed class SignalRoutes
{
    private readonly Route[]?[] _byQuantity = new Route[]?[Quantities.All.Count];

    /// <summary>Finds the routes from a source among the zones of its site.</summary>
    public SignalRoutes(ZoneState source, IEnumerable<ZoneAutomation> zonesOfSite)
    {
        var found = zonesOfSite.SelectMany(zone => zone.Runners.SelectMany(runner => runner.Rules.Signals.Select((signal, index) => (Signal: signal, Route: new Route(zone, runner, index))))).ToList();
        foreach (var group in found.Where(f => Comes(source, f.Signal, f.Route.Zone)).GroupBy(f => f.Signal.Name, f => f.Route, StringComparer.Ordinal))
        {
            if (Quantities.TryGet(group.Key, out var quantity))
            {
                _byQuantity[quantity.Index] = [.. group];
            }
        }

        Devices = [..
            from f in found
            where f.Signal.Scope == SignalScope.Device && (source.Zone is null || source.Zone.Id == f.Route.Zone.Zone)
            from device in source.Devices
            where device.Device.Id == f.Signal.Owner && Quantities.TryGet(f.Signal.Name, out _)
            select (device, Quantities.TryGet(f.Signal.Name, out var quantity) ? quantity : throw new InvalidOperationException(), f.Route)];
    }

    /// <summary>Single devices that rules look at, with what they measure.</summary>
    public IReadOnlyList<(DeviceEntry Device, Quantity Quantity, Route Route)> Devices { get; }

    /// <summary>Who is told of a quantity of the climate.</summary>
    public ReadOnlySpan<Route> Of(Quantity quantity) => _byQuantity[quantity.Index];

    private static bool Comes(ZoneState source, Signal signal, ZoneAutomation zone) => signal.Scope switch
    {
        SignalScope.Zone => source.Zone?.Id == zone.Zone,
        SignalScope.Site => source.Zone is null,
        SignalScope.OtherZone => source.Zone?.Id == signal.Owner,
        _ => false,
    };
}
