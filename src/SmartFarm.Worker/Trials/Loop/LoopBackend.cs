using SmartFarm.Domain.Commands;
using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;
using SmartFarm.Domain.Readings;
using SmartFarm.Pipeline.Intake;
using SmartFarm.Pipeline.State;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Rules;
using SmartFarm.Simulator.InMemory;

namespace SmartFarm.Worker.Trials.Loop;

/// <summary>The backend of a loop: the checks, the vote and the engine of the worker itself, and its desk reduced to what moves.</summary>
internal sealed class LoopBackend : IFieldListener
{
    private static readonly IReadingCheck[] Checks = [new RangeCheck(), new MissingCheck()];
    private readonly MemoryField _field;
    private readonly Dictionary<Device, DeviceEntry> _devices = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, LoopZone> _byController = new(StringComparer.Ordinal);
    private readonly List<ZoneState> _changed = [];

    /// <param name="farm">The farm.</param>
    /// <param name="site">The site of it.</param>
    /// <param name="book">The rules that control it.</param>
    /// <param name="observer">Rules that only observe; null: none do.</param>
    /// <param name="isNoted">Whether what the rules are told is noted.</param>
    /// <param name="field">The field.</param>
    /// <exception cref="ArgumentException">A rule book is that of another farm.</exception>
    public LoopBackend(Farm farm, Site site, RuleBook book, RuleBook? observer, bool isNoted, MemoryField field)
    {
        _field = field;
        var map = new FarmMap(farm, new SeriesCatalog());
        var zones = new List<LoopZone>();
        foreach (var zone in site.Zones)
        {
            zones.Add(new LoopZone(zone, RulesOf(book), observer is null ? null : RulesOf(observer), isNoted, field.Send));
            foreach (var controller in zone.Controllers)
            {
                _byController.Add(controller.Id, zones[^1]);
            }

            ZoneRules RulesOf(RuleBook rules) => rules.TryGet(site.Id, zone.Id, out var found)
                ? found
                : throw new ArgumentException($"The rule book knows no zone {site.Id}/{zone.Id}: it was compiled for another farm.", nameof(book));
        }

        Zones = zones;
        foreach (var entry in map.Zones.Where(z => z.Site.Id == site.Id).SelectMany(z => z.Devices))
        {
            _devices.Add(entry.Device, entry);
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
            foreach (var zone in Zones)
            {
                zone.Climate(state, climate);
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
            var timeMs = time.ToUnixTimeMilliseconds();
            if (entry.Zone.Offer(entry, quantity, null, value, flag, timeMs, _field.Now.ToUnixTimeMilliseconds(), out _) == Offered.Current)
            {
                var told = new ClimateValue(quantity, value, timeMs, flag is Flag.Good or Flag.NotEvaluated, entry.StaleAfterMs);
                foreach (var zone in Zones)
                {
                    zone.Device(device.Id, told);
                }
            }
        }

        if (!_changed.Contains(entry.Zone))
        {
            _changed.Add(entry.Zone);
        }
    }

    public void Replied(Controller controller, CommandReply reply) => _byController[controller.Id].Reply(reply, _field.Now);

    public void Reported(Controller controller, ControllerState state) => _byController[controller.Id].State(controller.Id, state, _field.Now);
}
