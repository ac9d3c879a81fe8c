using SmartFarm.Domain.Commands;
using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;
using SmartFarm.Domain.Readings;
using SmartFarm.Pipeline.Intake;
using SmartFarm.Pipeline.State;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Rules;
using SmartFarm.Rules.Engine;
using SmartFarm.Simulator.InMemory;

namespace SmartFarm.Worker.Trials.Loop;

/// <summary>The backend of a loop: the checks, the vote and the engine of the worker itself, and its desk reduced to what moves.</summary>
internal sealed class LoopBackend : IFieldListener
{
    private static readonly IReadingCheck[] Checks = [new RangeCheck(), new MissingCheck()];
    private readonly MemoryField _field;
    private readonly Dictionary<Device, DeviceEntry> _devices = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<ZoneState, LoopZone[]> _concerned = [];
    private readonly Dictionary<string, LoopZone> _byController = new(StringComparer.Ordinal);
    private readonly List<ZoneState> _changed = [];

    public LoopBackend(Farm farm, Site site, RuleBook book, MemoryField field)
    {
        _field = field;
        var map = new FarmMap(farm, new SeriesCatalog());
        var zones = new List<LoopZone>();
        foreach (var zone in site.Zones)
        {
            if (!book.TryGet(site.Id, zone.Id, out var rules))
            {
                throw new ArgumentException($"The rule book knows no zone {site.Id}/{zone.Id}: it was compiled for another farm.", nameof(book));
            }

            zones.Add(new LoopZone(rules, new LoopDesk(zone, field.Send)));
            zone.Controllers.ToList().ForEach(controller => _byController.Add(controller.Id, zones[^1]));
        }

        Zones = zones;
        foreach (var state in map.Zones.Where(z => z.Site.Id == site.Id))
        {
            _concerned[state] = state.Zone is null ? [.. zones] : [zones[site.Zones.ToList().FindIndex(z => z.Id == state.Id)]];
            foreach (var entry in state.Devices)
            {
                _devices.Add(entry.Device, entry);
            }
        }
    }

    public IReadOnlyList<LoopZone> Zones { get; }

    /// <summary>Takes what has arrived, lets the rules see it, and sends what they want.</summary>
    public void Step()
    {
        _field.Deliver(this);
        var nowMs = _field.Now.ToUnixTimeMilliseconds();
        foreach (var state in _changed)
        {
            var climate = state.PeekClimate(nowMs);
            var scope = state.Zone is null ? RuleScope.Site : RuleScope.Zone;
            foreach (var zone in _concerned[state])
            {
                zone.Observe(climate, scope);
            }
        }

        _changed.Clear();
        foreach (var zone in Zones)
        {
            zone.Tick(_field.Now);
        }
    }

    /// <summary>The worker is started again: what it had saved is all it knows of its rules.</summary>
    public void Restart()
    {
        foreach (var zone in Zones)
        {
            zone.Restart();
        }
    }

    public void Measured(Device device, DateTimeOffset time, IReadOnlyList<KeyValuePair<Quantity, double>> values)
    {
        var entry = _devices[device];
        for (var i = 0; i < values.Count; i++)
        {
            var (quantity, value) = values[i];
            var flag = Checks.Max(check => check.Check(quantity, value));
            entry.Zone.Offer(entry, quantity, null, value, flag, time.ToUnixTimeMilliseconds(), _field.Now.ToUnixTimeMilliseconds(), out _);
        }

        if (!_changed.Contains(entry.Zone))
        {
            _changed.Add(entry.Zone);
        }
    }

    public void Replied(Controller controller, CommandReply reply) => _byController[controller.Id].Desk.Reply(reply, _field.Now);

    public void Reported(Controller controller, ControllerState state) => _byController[controller.Id].Desk.State(controller.Id, state, _field.Now);
}
