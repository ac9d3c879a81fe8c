using SmartFarm.Domain.Quantities;
using SmartFarm.Pipeline.State;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Rules;
using SmartFarm.Rules.Engine;

namespace SmartFarm.Pipeline.Automation.Targets;

/// <summary>Where the rules in charge of a zone want its climate: set points and bands, in canonical units, and how far it is from these. Not thread-safe.</summary>
internal sealed class ZoneTargets
{
    private const string LowEnd = ".low";
    private const string HighEnd = ".high";
    private readonly Band[] _bands;
    private readonly SetPoint[] _setPoints;
    private readonly UInt128 _banded;

    /// <summary>The targets of some rules, none of them known yet.</summary>
    public ZoneTargets(ZoneRules rules)
    {
        var own = rules.Signals.Index().Where(s => s.Item.Scope == SignalScope.SetPoint).ToList();
        _bands = [.. own.Where(s => s.Item.Name.EndsWith(LowEnd, StringComparison.Ordinal)).Select(s => Band.Of(rules, s.Item.Name[..^LowEnd.Length], s.Index)).OfType<Band>()];
        _setPoints = [.. own.Where(s => !s.Item.Name.EndsWith(LowEnd, StringComparison.Ordinal) && !s.Item.Name.EndsWith(HighEnd, StringComparison.Ordinal)).Select(s => SetPoint.Of(s.Index, s.Item))];
        foreach (var band in _bands)
        {
            _banded |= ClimateVote.Bit(band.Quantity);
        }

        Fields = [.. _bands.SelectMany(b => new[] { b.Low, b.High, b.Deviation }), .. _setPoints.Select(s => s.Field)];
    }

    /// <summary>All fields.</summary>
    public IReadOnlyList<TargetField> Fields { get; }

    /// <summary>Brings every field up to date, and gives the picture of the zone.</summary>
    public ZonePicture Look(ZoneRuleState rules, ZoneState? zone, ClimateValue[] values, long nowMs)
    {
        foreach (var point in _setPoints)
        {
            point.Field.Value = rules.ValueOf(point.Signal) is { } value ? point.From?.Convert(value, point.To!) ?? value : double.NaN;
        }

        var climate = values.AsSpan(0, zone?.Peek(_banded, nowMs, values) ?? 0);
        var (within, unknown) = (0, 0);
        foreach (var band in _bands)
        {
            band.Low.Value = rules.ValueOf(band.LowSignal) ?? double.NaN;
            band.High.Value = rules.ValueOf(band.HighSignal) ?? double.NaN;
            band.Deviation.Value = Deviation(ValueOf(band.Quantity, climate), band.Low.Value, band.High.Value);
            within += band.Deviation.Value == 0 ? 1 : 0;
            unknown += band.Deviation.IsKnown ? 0 : 1;
        }

        return new ZonePicture(nowMs, _bands.Length, within, unknown, rules.Overrides.Count(o => o is not null), rules.Stop is not null);
    }

    /// <summary>Too high above 0, too low below; NaN when anything is not known, or the ends contradict each other.</summary>
    private static double Deviation(double value, double low, double high) =>
        !(low <= high) || !double.IsFinite(value) ? double.NaN : value > high ? value - high : value < low ? value - low : 0;

    private static double ValueOf(Quantity quantity, ReadOnlySpan<ClimateValue> climate)
    {
        foreach (ref readonly var value in climate)
        {
            if (value.Quantity == quantity && value.IsUsable)
            {
                return value.Value;
            }
        }

        return double.NaN;
    }

    private sealed record Band(Quantity Quantity, int LowSignal, int HighSignal)
    {
        public TargetField Low { get; } = new(Schema.LowOf(Quantity.Name));

        public TargetField High { get; } = new(Schema.HighOf(Quantity.Name));

        public TargetField Deviation { get; } = new(Schema.DeviationOf(Quantity.Name), isDistance: true);

        public static Band? Of(ZoneRules rules, string name, int low) =>
            Quantities.TryGet(name, out var quantity) ? new Band(quantity, low, rules.SignalIndex(SignalScope.SetPoint, "", name + HighEnd)) : null;
    }

    private sealed record SetPoint(int Signal, TargetField Field, Unit? From, Unit? To)
    {
        /// <summary>A set point is computed in the unit it is written in; stored is that of the quantities of its kind.</summary>
        public static SetPoint Of(int index, Signal signal)
        {
            var unit = signal.Unit;
            var canonical = unit is null ? null : Quantities.All.Select(q => q.Unit).FirstOrDefault(unit.ConvertsTo);
            return new SetPoint(index, new TargetField(Schema.SetPointOf(signal.Name)), canonical is null ? null : unit, canonical);
        }
    }
}
