using SmartFarm.Domain.Farms;
using SmartFarm.Simulator.Faults;

namespace SmartFarm.Worker.Trials.Loop;

/// <summary>
/// Faults that happen by chance: any kind, at any place of the site, from ten minutes to half a day. Each has its usual parameters. Wrong clocks are left out: in a
/// loop nobody reads a sender's clock.
/// </summary>
internal static class FaultLottery
{
    private const int Most = 6;
    private static readonly FaultKind[] Kinds = [.. FaultKinds.All.Where(kind => kind.Name != "wrong_clock")];

    /// <summary>The story with one to six faults of this seed on top.</summary>
    public static LoopStory Add(LoopStory story, long seed)
    {
        var random = new Random(HashCode(seed));
        var count = 1 + random.Next(Most);
        return story with { Faults = [.. story.Faults, .. Enumerable.Range(0, count).Select(_ => Draw(story, random))] };
    }

    /// <summary>One fault somewhere.</summary>
    public static FaultSpec Draw(LoopStory story, Random random)
    {
        for (;;)
        {
            var kind = Pick(Kinds, random);
            var length = TimeSpan.FromMinutes(10 * Math.Pow(72, random.NextDouble()));
            var start = story.Start + (random.NextDouble() * story.Duration);
            if (Place(kind, story.Site, random) is { } spec)
            {
                return spec with { Window = new FaultWindow(start, start + length), Seed = random.Next() };
            }
        }
    }

    /// <summary>A place that this kind can befall; null when the site has none.</summary>
    private static FaultSpec? Place(FaultKind kind, Site site, Random random)
    {
        var spec = new FaultSpec { Kind = kind.Name, Site = site.Id, Window = default };
        var places = new[] { FaultPlace.Device, FaultPlace.Controller, FaultPlace.House }.Where(place => kind.Places.HasFlag(place)).ToArray();
        var zone = Pick(site.Zones, random);
        switch (Pick(places, random))
        {
            case FaultPlace.Device when Pick([.. site.Devices, .. zone.Devices], random) is { } device:
                return spec with { Device = device.Id };
            case FaultPlace.Controller when Pick(zone.Controllers, random) is { } controller:
                var ofOne = random.Next(2) == 0 ? Pick(controller.Actuators, random)?.Id : null;
                return spec with { Controller = controller.Id, Actuator = ofOne };
            case FaultPlace.House:
                return spec with { Zone = zone.Id };
            default:
                return null;
        }
    }

    private static T Pick<T>(IReadOnlyList<T> list, Random random) => list.Count == 0 ? default! : list[random.Next(list.Count)];

    /// <summary>Neighbouring seeds must not give alike faults.</summary>
    private static int HashCode(long seed) => unchecked((int)(((ulong)seed * 0x9e3779b97f4a7c15) >> 32));
}
