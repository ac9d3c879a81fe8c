using System.Security.Cryptography;
using System.Text;
using SmartFarm.Configuration;
using SmartFarm.Configuration.Farms;
using SmartFarm.Domain.Farms;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Language;
using SmartFarm.Rules.Loading;

namespace SmartFarm.Rules.Effects;

/// <summary>Compiles what actuators of <c>farm.yaml</c> expect; reports what is wrong where it stands there.</summary>
internal sealed class EffectCompiler(FarmZones farm, SetPoints setPoints, ConfigurationErrors errors)
{
    public IEnumerable<ReadRule> Read()
    {
        foreach (var zone in farm.All)
        {
            foreach (var actuator in zone.Actuators.Where(a => a.Expect.Count > 0))
            {
                yield return Read(zone, actuator);
            }
        }
    }

    private ReadRule Read(FarmZone zone, Actuator actuator)
    {
        var scope = new ParseScope(new RuleNames([zone], setPoints));
        var parser = new EffectParser(zone, actuator, scope);
        var effects = new List<Effect>();
        foreach (var expectation in actuator.Expect)
        {
            try
            {
                effects.Add(parser.Parse(expectation));
            }
            catch (ExpressionException e)
            {
                errors.Add(new ConfigurationError(FarmLoader.FileName, expectation.Line, expectation.Column + e.Offset, $"expect of {zone.Zone.Id}/{actuator.Id}", e.Message));
            }
        }

        var logic = new EffectLogic(actuator, effects);
        var fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{logic}")).AsSpan(0, 4));
        var definition = new RuleDefinition(
            $"{actuator.Id}.expect",
            fingerprint,
            fingerprint,
            "expect",
            Authority.Rule,
            logic,
            [],
            scope.Signals,
            scope.Timers,
            logic.Memory,
            scope.Windows,
            HoldMs: null,
            Alarm: null,
            new RulePlace(FarmLoader.FileName, actuator.Expect[0].Line, actuator.Expect[0].Column));
        return new ReadRule(definition, [zone], new Dictionary<FarmZone, double[][]> { [zone] = [] }, new Signal(SignalScope.Actuator, actuator.Id, Signal.NoEffect, null));
    }
}
