using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;
using SmartFarm.Pipeline.Clocks;
using SmartFarm.Pipeline.State;
using SmartFarm.Pipeline.Storage;

namespace SmartFarm.Pipeline.Usage;

/// <summary>
/// What one zone used and got. Each field has its sources in order: meters first, then what actuators deliver; the first that knows anything of a window is
/// taken for it, and named in the field <c>basis</c>. Not thread-safe.
/// </summary>
internal sealed class ZoneUsage
{
    private const double GramPerKilogram = 1000;

    /// <summary>What is in the name of an actuator that takes electricity: what it delivers in kW is its power, that of all others is heat.</summary>
    private static readonly string[] Electrical = ["lamp", "light", "fan", "pump"];

    private readonly Series _series;
    private readonly double? _areaM2;
    private readonly (string Field, IUsageSource[] Sources)[] _fields;

    /// <param name="zone">The zone.</param>
    /// <param name="site">The devices of its site.</param>
    /// <param name="views">Its actuators as they are now.</param>
    /// <param name="catalog">Series.</param>
    public ZoneUsage(ZoneState zone, ZoneState site, Func<IReadOnlyList<ActuatorView>> views, SeriesCatalog catalog)
    {
        (_series, _areaM2) = (catalog.Get(Schema.Usage, ("site", zone.Site.Id), ("zone", zone.Id)), zone.Zone!.AreaM2);
        var actuators = zone.Zone.Controllers.SelectMany(c => c.Actuators).Where(a => a.Delivers is not null).ToLookup(KindOf);
        _fields =
        [
            ("water", [new Metered(zone, Quantities.WaterVolume), .. OnArea(zone, Quantities.IrrigationVolume), new Metered(zone, Quantities.WaterFlow), .. Estimate("water")]),
            ("drain", [.. OnArea(zone, Quantities.DrainVolume)]),
            ("heat", [.. Estimate("heat")]),
            ("electricity", [new Metered(zone, Quantities.Energy), new Metered(zone, Quantities.Power), .. Estimate("electricity")]),
            ("co2", [.. Estimate("co2", GramPerKilogram)]),
            ("radiation", [new Received(zone, Quantities.SolarRadiation), new Received(site, Quantities.SolarRadiation)]),
            ("light", [new Received(zone, Quantities.Ppfd), new Received(site, Quantities.Ppfd)]),
        ];

        IEnumerable<IUsageSource> Estimate(string kind, double scale = 1) => actuators.Contains(kind) ? [new Estimated(actuators[kind], scale, views)] : [];
    }

    /// <summary>Adds what was used since the last look.</summary>
    public void Look(Moment now)
    {
        foreach (var (_, sources) in _fields)
        {
            foreach (var source in sources)
            {
                source.Look(now);
            }
        }
    }

    /// <summary>Ends a window: its row, and the next one begins at nothing. No row when nothing is known.</summary>
    public void Close(StoreBatch batch, long windowMs)
    {
        var basis = new List<string>();
        foreach (var (field, sources) in _fields)
        {
            // All are asked, so that what one of them saw in this window does not count in the next.
            var known = sources.Select(s => (s.Basis, Used: s.Take())).ToArray().FirstOrDefault(s => s.Used is not null);
            if (known.Used is { } used)
            {
                batch.Add(Point.Of(_series, field, used, windowMs));
                basis.Add($"{field}: {known.Basis}");
            }
        }

        if (basis.Count == 0)
        {
            return;
        }

        if (_areaM2 is { } area)
        {
            batch.Add(Point.Of(_series, "area", area, windowMs));
        }

        batch.Add(Point.OfText(_series, "basis", string.Join("; ", basis), windowMs));
    }

    private static IEnumerable<IUsageSource> OnArea(ZoneState zone, Quantity quantity) => zone.Zone!.AreaM2 is { } area ? [new Metered(zone, quantity, area)] : [];

    private static string KindOf(Actuator actuator) =>
        actuator.Delivers!.Total == SumUnits.Litre ? "water"
        : actuator.Delivers.Total == SumUnits.Kilogram ? "co2"
        : Electrical.Any(actuator.Id.Contains) ? "electricity"
        : "heat";
}
