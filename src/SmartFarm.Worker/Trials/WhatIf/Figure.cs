using SmartFarm.Domain.Quantities;
using SmartFarm.Pipeline.Commands;
using SmartFarm.Worker.Trials.Loop;

namespace SmartFarm.Worker.Trials.WhatIf;

/// <summary>How figures of several runs become one.</summary>
internal enum Fold
{
    Mean,
    Least,
    Most,
    Sum,
}

/// <summary>A figure of a run in one zone.</summary>
/// <param name="Key">What machines call it.</param>
/// <param name="Title">What people call it, with its unit.</param>
/// <param name="Value">How much.</param>
/// <param name="Fold">How those of several runs become one.</param>
internal sealed record Figure(string Key, string Title, double Value, Fold Fold = Fold.Mean)
{
    private const double MegajoulesPerKilowattHour = 3.6;

    /// <summary>Climate kept, energy, water, CO₂, movements, commands and alarms.</summary>
    public static IReadOnlyList<Figure> Of(ZoneResult zone)
    {
        var used = zone.Used;
        var failed = zone.Commands.Count(c => c.Outcome is CommandStage.Failed or CommandStage.Rejected or CommandStage.TimedOut or CommandStage.Expired);
        return
        [
            .. zone.Climate.SelectMany(Climate),
            new("heat", "heat, kWh/m²", used.HeatMegajoules / MegajoulesPerKilowattHour),
            new("electricity", "electricity, kWh/m²", (used.LampMegajoules + used.MotorMegajoules) / MegajoulesPerKilowattHour),
            new("irrigation", "irrigation, L/m²", used.IrrigationLitres),
            new("drain", "of it drained, L/m²", used.DrainLitres),
            new("fog", "fog and pads, L/m²", used.FogLitres + used.PadLitres),
            new("transpired", "transpired, L/m²", used.TranspiredLitres),
            new("co2_dosed", "CO₂ dosed, g/m²", used.Co2Gram),
            new("co2_bound", "CO₂ bound by the crop, g/m²", used.AssimilatedCo2Gram),
            .. zone.Actuators.SelectMany(Actuator),
            new("commands", "commands", zone.Commands.Count),
            new("failed", "of them not carried out", failed),
            new("alarms", "alarms", zone.Alarms.Count),
            new("breaches", "promises broken", zone.Breaches.Count, Fold.Sum),
        ];
    }

    /// <summary>One of several of the same key.</summary>
    public static Figure Folded(IReadOnlyList<Figure> figures) => figures[0] with
    {
        Value = figures[0].Fold switch
        {
            Fold.Least => figures.Min(f => f.Value),
            Fold.Most => figures.Max(f => f.Value),
            Fold.Sum => figures.Sum(f => f.Value),
            _ => figures.Average(f => f.Value),
        },
    };

    private static IEnumerable<Figure> Climate(ClimateTally tally)
    {
        var (name, unit, of) = (tally.Band.Quantity.Title, tally.Band.Quantity.Unit.Symbol, tally.Band.Quantity.Name);
        var degree = tally.Band.Quantity == Quantities.AirTemperature ? "K" : unit;
        yield return new Figure($"{of}_in_band", $"{name} in band, % of the time", 100 * tally.InBand);
        yield return new Figure($"{of}_above", $"{name} above, {degree}·h", tally.HoursAbove);
        yield return new Figure($"{of}_below", $"{name} below, {degree}·h", tally.HoursBelow);
        yield return new Figure($"{of}_least", $"{name} at least, {unit}", tally.Least, Fold.Least);
        yield return new Figure($"{of}_mean", $"{name} mean, {unit}", tally.Mean);
        yield return new Figure($"{of}_most", $"{name} at most, {unit}", tally.Most, Fold.Most);
    }

    private static IEnumerable<Figure> Actuator(ActuatorTally tally)
    {
        var id = tally.Actuator.Id;
        var isSwitch = tally.Actuator.Kind == Domain.Farms.ActuatorKind.Switch;
        yield return new Figure($"{id}_movements", isSwitch ? $"{id}, times switched on" : $"{id}, movements", tally.Movements);
        yield return new Figure($"{id}_hours", isSwitch ? $"{id}, h on" : $"{id}, h at full opening", tally.Hours);
    }
}
