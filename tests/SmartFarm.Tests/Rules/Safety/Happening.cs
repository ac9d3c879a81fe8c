using FsCheck;
using FsCheck.Fluent;
using SmartFarm.Rules;
using SmartFarm.Rules.Engine;

namespace SmartFarm.Tests.Rules.Safety;

/// <summary>Something that happens to a zone: a reading (late, flagged or stale ones too), a person, the emergency stop, a step of the wall clock, or nothing but time.</summary>
internal readonly record struct Happening(long TimeMs, int Kind, int Which, double Value, bool IsUsable)
{
    /// <summary>2026-06-01 14:00 in Turkestan.</summary>
    public const long StartMs = 1_780_304_400_000;

    public static readonly string[] Measured = ["air_temperature", "relative_humidity", "site.wind_speed", "site.rain_rate", "site.air_temperature"];
    private static readonly (double Low, double High)[] Ranges = [(10, 34), (35, 100), (0, 24), (0, 2.4), (-5, 33)];

    public static Gen<Happening[]> Many { get; } =
        (from gap in Gen.Frequency((8, Gen.Choose(0, 40)), (2, Gen.Choose(40, 1200)), (1, Gen.Choose(-90, -1)))
         from kind in Gen.Frequency((30, Gen.Constant(0)), (4, Gen.Constant(1)), (2, Gen.Constant(2)), (1, Gen.Constant(3)), (1, Gen.Constant(4)), (1, Gen.Constant(5)), (1, Gen.Constant(6)))
         from which in Gen.Choose(0, 29)
         from share in Gen.Choose(0, 40)
         from isUsable in Gen.Frequency((9, Gen.Constant(true)), (1, Gen.Constant(false)))
         select (gap, kind, which, share, isUsable))
        .ArrayOf()
        .Select(steps =>
        {
            var timeMs = StartMs;
            return steps.Select(s =>
            {
                timeMs += s.gap * 1000L;
                var (low, high) = Ranges[s.which % Ranges.Length];
                return new Happening(timeMs, s.kind, s.which, s.kind == 0 ? low + ((high - low) * s.share / 40) : s.share, s.isUsable);
            }).ToArray();
        });

    /// <summary>Which quantity was measured; empty for what is no reading.</summary>
    public string Quantity => Kind == 0 ? Measured[Which % Measured.Length] : "";

    public RuleEvent ToEvent(ZoneRules rules)
    {
        var actuator = Which % rules.Actuators.Count;
        return Kind switch
        {
            0 => RuleRun.Observed(rules, TimeMs, Quantity, Value, IsUsable, SafetyFarm.StaleAfterMs),
            1 => RuleEvent.Tick(TimeMs),
            2 => RuleEvent.Overridden(TimeMs, actuator, new ManualOrder(Value * 2.5, "ann", "by hand", Which == 7 ? long.MaxValue : TimeMs + (long)(Value * 20_000))),
            3 => RuleEvent.Released(TimeMs, actuator, "ann"),
            4 => RuleEvent.Stopped(TimeMs, "ann", "fire"),
            5 => RuleEvent.Resumed(TimeMs, "ann"),
            _ => RuleEvent.ClockSet(TimeMs, (long)(Value - 20) * 3_600_000),
        };
    }
}
