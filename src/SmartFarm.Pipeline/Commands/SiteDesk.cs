using SmartFarm.Domain.Farms;

namespace SmartFarm.Pipeline.Commands;

/// <summary>What the desk knows of one site. Only the desk's own loop changes it.</summary>
internal sealed class SiteDesk(Site site, CommandOptions options)
{
    private const double LeastBurst = 60;

    public string Id => site.Id;

    /// <summary>When its controllers could last be heard anew, on the monotonic clock; null: not yet.</summary>
    public TimeSpan? ConnectedAt { get; set; }

    /// <summary>How many commands all its actuators together may be given.</summary>
    public TokenBucket Commands { get; } = Bucket(Math.Max(LeastBurst, options.SiteBurst * (double)site.Zones.Sum(z => z.Controllers.Sum(c => c.Actuators.Count))));

    /// <summary>Joins the actuators to the groups of the site.</summary>
    public void Join(IReadOnlyDictionary<string, ActuatorState> actuators)
    {
        foreach (var group in site.Groups)
        {
            var members = group.Members.Select(m => (Actuator: actuators[ActuatorState.KeyOf(site.Id, m.Zone, m.Actuator)], m.Load)).ToArray();
            var shared = new SharedGroup(group, members);
            foreach (var (actuator, _) in members)
            {
                actuator.Groups.Add(shared);
            }
        }
    }

    private static TokenBucket Bucket(double burst) => new(burst, TimeSpan.FromMinutes(1) / burst);
}
