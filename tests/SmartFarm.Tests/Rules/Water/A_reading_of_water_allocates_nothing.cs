using SmartFarm.Rules.Engine;
using SmartFarm.Rules.Loading;
using Xunit;

namespace SmartFarm.Tests.Rules.Water;

/// <summary>Goes red when irrigation, CO₂, fog or lamps put something on the heap for a reading that changes no decision.</summary>
public sealed class A_reading_of_water_allocates_nothing
{
    private const string Rules = """
        rules:
          - id: drip
            kind: irrigation
            set: { drip_valve: on }
            when: water_level > 20 %
            radiation_sum: 5000 J/cm2
            dry: soil_moisture < 10 %
            max_rest: 5 h
            dose: 300 mL/m2
            flow: water_flow
            min_flow: 5 L/min
            feed: { irrigation_ec: 1..3 dS/m, irrigation_ph: 5..6 pH }
          - { id: co2, kind: co2, set: { co2_valve: on }, target: 800 ppm, light: { site.solar_radiation: 50..200 W/m2 }, vents: { roof_vent: 10..30 % } }
          - { id: fog, kind: fogging, set: { fog: on }, start: 1.6 kPa, stop: 1.2 kPa }
          - { id: lamps, kind: lamps, set: { lamps: on }, photoperiod: "04:00 to 22:00", target: 17 mol/m2/d, lamp_ppfd: 200 umol/m2/s }
        """;

    [Fact]
    public void However_many_come()
    {
        Assert.True(RuleLoader.Parse(Rules, WaterCase.Farm).Book!.TryGet("site-1", "gh1", out var rules));
        var run = new RuleRun(rules);
        (string Name, double Value)[] values =
            [("site.solar_radiation", 500), ("water_level", 80), ("soil_moisture", 60), ("water_flow", 0), ("irrigation_ec", 2), ("irrigation_ph", 5.5), ("co2", 900), ("vpd", 1), ("ppfd", 900)];
        Feed(0, 100);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Feed(100, 1000);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Feed(int from, int to)
        {
            for (var i = from; i < to; i++)
            {
                foreach (var (name, value) in values)
                {
                    run.Step(RuleEvent.Observed(i * 1000L, Signal(name), value + (i % 2 * 0.001), true, 60_000));
                }
            }
        }

        int Signal(string name) => name.StartsWith("site.", StringComparison.Ordinal)
            ? rules.SignalIndex(SignalScope.Site, "", "solar_radiation")
            : rules.SignalIndex(SignalScope.Zone, "", name);
    }
}
