using SmartFarm.Pipeline.Clocks;

namespace SmartFarm.Pipeline.Automation;

/// <summary>What people have in hand.</summary>
public sealed partial class RuleWorker : IManualView
{
    /// <inheritdoc/>
    public Task<ManualPicture> ManualAsync(CancellationToken cancellationToken) => AskAsync(Manual, cancellationToken);

    private ManualPicture Manual()
    {
        var now = _steady.Now();
        var stops = _zones.Values.Select(z => (Zone: z, z.Production.State.Stop))
            .Where(x => x.Stop is not null)
            .Select(x => new StopView(x.Zone.Site, x.Zone.Zone, x.Stop!.Owner, x.Stop.Reason, now.ToWallMs(x.Stop.SinceMs)));
        return new ManualPicture([.. _zones.Values.SelectMany(z => Overrides(z, now))], [.. stops]);
    }

    private static IEnumerable<OverrideView> Overrides(ZoneAutomation zone, Moment now)
    {
        var (rules, orders) = (zone.Production.Rules, zone.Production.State.Overrides);
        for (var i = 0; i < orders.Count; i++)
        {
            if (orders[i] is { } order)
            {
                yield return new OverrideView(zone.Site, zone.Zone, rules.Actuators[i].Id, order.Target, order.Owner, order.Reason, now.ToWallMs(order.UntilMs));
            }
        }
    }
}
