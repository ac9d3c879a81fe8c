using SmartFarm.Configuration.Yaml;
using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;
using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Loading;

namespace SmartFarm.Rules.Kinds.Climate;

/// <summary><c>kind: heating</c>: switches in stages, or a valve that brings a pipe to temperature. The keys are explained in <c>docs/rules/heating.md</c>.</summary>
internal sealed class Heating : IRuleKind
{
    private static readonly TimeSpan DefaultDelay = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan DefaultValveIntegral = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LeastIntegral = TimeSpan.FromMinutes(1);

    public string Name => "heating";

    public IEnumerable<YamlScalar> Actuators(YamlMap map) => (map.Get("stages") as YamlMap)?.Entries.Select(e => e.Key) ?? Outputs.Of(map);

    public RuleLogic? Read(RuleContext context) => context.Map.Get("stages") is { } stages ? Stages(context, stages) : Pipe(context);

    private static HeaterStages? Stages(RuleContext context, YamlNode node)
    {
        var map = context.Map;
        var measure = map.Get("measure") is { } measured ? context.Term(measured, Units.Celsius) : context.Usual("air_temperature");
        var setPoint = context.RequireTerm("set_point", Units.Celsius, "heating");
        var hysteresis = map.Get("hysteresis").AsAmount(Units.Celsius, isDifference: true) ?? 1;
        var delay = map.Get("delay")?.AsDuration() ?? DefaultDelay;
        var when = context.Condition("when");
        if (hysteresis <= 0)
        {
            map.Get("hysteresis")!.Report("The hysteresis is above 0, or the heater would go on and off with the noise of the sensor; write for example '1 K'.");
        }

        var stages = new List<HeaterStage>();
        foreach (var (key, value) in node.AsMap()?.Entries ?? [])
        {
            if (value.AsAmount(Units.Celsius, isDifference: true) is not { } below || context.Slot(key) is not { } slot)
            {
                continue;
            }

            stages.Add(new HeaterStage(key.Text, below));
            if (context.ActuatorOf(slot).Kind != ActuatorKind.Switch)
            {
                key.Report($"{key.Text} has positions; move it by 'kind: p-band' or 'kind: pi' with 'direction: below', or as a valve with 'pipe'.");
            }
        }

        if (stages.Count == 0)
        {
            node.Report("No stage is given; write for example '{ heater_1: 0.5 K, heater_2: 2 K }'.");
        }

        return measure is null || setPoint is null || stages.Count == 0 || stages.Count != context.Slots.Count
            ? null
            : new HeaterStages(measure, setPoint, stages, hysteresis, (long)delay.TotalMilliseconds, when);
    }

    private static PipeHeating? Pipe(RuleContext context)
    {
        var map = context.Map;
        var targets = Outputs.Read(context, "{ mixing_valve: 0..100 % }");
        var air = BandReader.Read(context, map, "air_temperature", isAbove: false, "heating", "2 K");
        var pipe = map.Get("pipe") is { } measured ? context.Term(measured, Units.Celsius) : context.Usual("pipe_temperature");
        var range = Range(map.Require("pipe_range", "30..60 °C"));
        var minimum = context.Term("minimum_pipe", Units.Celsius);
        var valveBand = map.Get("valve_band").AsAmount(Units.Celsius, isDifference: true) ?? 20;
        if (valveBand <= 0)
        {
            map.Get("valve_band")!.Report("The band of the valve has a width above 0; write for example '20 K'.");
        }

        var integral = map.Get("integral")?.AsDuration(LeastIntegral);
        var valveIntegral = map.Get("valve_integral")?.AsDuration(LeastIntegral) ?? DefaultValveIntegral;
        var when = context.Condition("when");
        if (targets is null || air is null || pipe is null || range is not { } span)
        {
            return null;
        }

        var plan = new PipePlan(air, pipe, span.From, span.To, minimum, valveBand, when);
        return new PipeHeating(plan, integral is { } time ? new Integrator((long)time.TotalMilliseconds, 0) : null, new Integrator((long)valveIntegral.TotalMilliseconds, Integrator.Size), targets);
    }

    private static Span? Range(YamlNode? node)
    {
        if (node?.AsScalar() is not { } scalar)
        {
            return null;
        }

        if (Span.TryParse(scalar.Text, out var span) && span.Unit.ConvertsTo(Units.Celsius) && span.From < span.To)
        {
            return span.In(Units.Celsius);
        }

        scalar.Report($"'{scalar.Text}' is no range of pipe temperatures; write for example '30..60 °C'.");
        return null;
    }
}
