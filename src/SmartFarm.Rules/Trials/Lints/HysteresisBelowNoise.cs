using SmartFarm.Domain.Quantities;
using SmartFarm.Rules.Kinds;
using SmartFarm.Rules.Language;
using SmartFarm.Rules.Language.Conditions;
using SmartFarm.Rules.Language.Terms;

namespace SmartFarm.Rules.Trials.Lints;

/// <summary>Rules that a still sensor can switch on and off by its noise alone: start and end lie closer than it wavers, and no time slows them.</summary>
internal sealed class HysteresisBelowNoise : ILint
{
    private static readonly TimeSpan SlowEnough = TimeSpan.FromMinutes(1);

    /// <summary>What a value wavers by while nothing happens: four standard deviations of common mid-range instruments; of wind and sun, what gusts and thin clouds do within a minute.</summary>
    private static readonly Dictionary<Quantity, double> Wavers = new()
    {
        [Quantities.AirTemperature] = 0.2,
        [Quantities.RelativeHumidity] = 1.5,
        [Quantities.Co2] = 20,
        [Quantities.Vpd] = 0.05,
        [Quantities.SolarRadiation] = 20,
        [Quantities.Ppfd] = 40,
        [Quantities.WindSpeed] = 1,
        [Quantities.WindGust] = 2,
        [Quantities.SoilMoisture] = 0.5,
        [Quantities.SoilTemperature] = 0.2,
        [Quantities.PipeTemperature] = 0.5,
        [Quantities.SubstrateEc] = 0.1,
        [Quantities.Acidity] = 0.1,
    };

    public string Name => "hysteresis-below-noise";

    public IEnumerable<Finding> Look(LintContext context)
    {
        foreach (var rule in context.Thresholds.SelectMany(r => r).Where(r => r.Definition.Logic is not AlarmLogic { WatchesForBlindness: true }))
        {
            if (rule.Held >= SlowEnough || Single(rule.When) is not { Left: SignalTerm { Quantity: { } quantity } signal, Right: { } start } || !Wavers.TryGetValue(quantity, out var wavers))
            {
                continue;
            }

            var unit = signal.ShownUnit == Units.Celsius ? Units.Kelvin : signal.ShownUnit;
            if (rule.Until is null)
            {
                yield return context.At(this, FindingLevel.Warning, rule.Definition,
                    $"The rule ends where it starts, at {start}, and {quantity.Name} wavers by {Term.Number(wavers, unit)} by itself; add an 'until' at least that far away, or 'for 2 min' behind 'when'.", "when");
            }
            else if (!IsSlow(rule.Until) && Single(rule.Until) is { } end && end.Left.ToString() == signal.ToString()
                && start is Literal from && end.Right is Literal to && Math.Abs(from.Value - to.Value) is var gap && gap < wavers)
            {
                yield return context.At(this, FindingLevel.Warning, rule.Definition,
                    $"Start and end are {Term.Number(gap, unit)} apart, and {quantity.Name} wavers by {Term.Number(wavers, unit)} by itself; move 'until' further away, or add 'for 2 min'.", "until");
            }
        }
    }

    private static bool IsSlow(Expression condition) => condition is HeldFor held && held.Duration >= SlowEnough;

    private static Comparison? Single(Expression condition) => condition switch
    {
        Comparison comparison => comparison,
        HeldFor held => Single(held.Inner),
        _ => null,
    };
}
