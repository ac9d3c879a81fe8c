using SmartFarm.Pipeline.Alarms;
using SmartFarm.Pipeline.Automation;
using SmartFarm.Pipeline.Commands;
using Xunit;

namespace SmartFarm.Tests.Automation;

/// <summary>
/// From a person's word to the controller and back, with the parts of the worker. Red when an override does not end or stands above an interlock, when an
/// emergency stop waits for a least time or is forgotten by a restart, or when a command without effect goes unnoticed.
/// </summary>
public sealed class A_person_and_the_rules
{
    private const string Farm = """
        sites:
          - id: t1
            zones:
              - id: gh1
                devices: [{ id: d, quantities: [air_temperature] }]
                controllers:
                  - id: c1
                    actuators:
                      - { id: roof_vent, kind: position, emergency: 0 % }
                      - { id: heater, kind: switch, min_on: 3 min, min_off: 3 min, expect: air_temperature rises by 1 K within 30 s }
                      - { id: spare, kind: switch }
        """;

    private const string Rules = """
        interlocks:
          - { id: hot, when: air_temperature > 40 °C, until: air_temperature < 38 °C, force: { roof_vent: 100 % } }
        rules:
          - { id: heat, when: air_temperature < 15 °C, until: air_temperature > 16 °C, set: { heater: on }, otherwise: { heater: off } }
          - { id: vent, when: air_temperature > 28 °C, until: air_temperature < 26 °C, set: { roof_vent: 60 % }, otherwise: { roof_vent: 0 % } }
          - { id: spare-heater, when: heater.no_effect is on, set: { spare: on }, otherwise: { spare: off } }
        """;

    [Fact]
    public async Task An_override_moves_at_once_gives_way_to_an_interlock_and_ends_by_itself()
    {
        await using var farm = await HandFarm.StartAsync(Farm, Rules);
        await farm.PassAsync(3, 20);
        farm.Told.Clear();

        await farm.SayAsync(new ZoneNote.Overridden("t1", "gh1", "roof_vent", 30, "aigul", "painting the gutter", TimeSpan.FromMinutes(2)));
        await farm.PassAsync(60, 30);
        Assert.Equal(["roof_vent 30: by hand of aigul"], farm.Told);
        Assert.Equal((null, CommandStage.Succeeded), ((await farm.LastAsync()).Rule, (await farm.LastAsync()).Stage));
        var shown = Assert.Single(await ManualAsync(farm, m => m.Overrides));
        Assert.Equal(("roof_vent", 30, "aigul", "painting the gutter"), (shown.Actuator, shown.Target, shown.Owner, shown.Reason));

        await farm.PassAsync(5, 41);
        await farm.PassAsync(5, 30);
        await farm.PassAsync(60, 30);

        Assert.Equal(["roof_vent 100", "roof_vent 30", "roof_vent 60"], farm.Told.Skip(1).Select(t => t.Split(':')[0]));
        Assert.Empty(await ManualAsync(farm, m => m.Overrides));
    }

    [Fact]
    public async Task What_is_given_back_before_its_time_is_the_rules_again()
    {
        await using var farm = await HandFarm.StartAsync(Farm, Rules);
        await farm.PassAsync(3, 30);
        await farm.SayAsync(new ZoneNote.Overridden("t1", "gh1", "roof_vent", 5, "aigul", "gutter", TimeSpan.FromHours(2)));

        await farm.SayAsync(new ZoneNote.Released("t1", "gh1", "roof_vent", "aigul"));
        await farm.PassAsync(3, 30);

        Assert.StartsWith("roof_vent 60: rule vent@", farm.Told[^1]);
        Assert.Empty(await ManualAsync(farm, m => m.Overrides));
    }

    [Fact]
    public async Task An_emergency_stop_waits_for_nothing_and_outlives_a_restart_until_somebody_resumes()
    {
        await using var farm = await HandFarm.StartAsync(Farm, Rules);
        await farm.PassAsync(5, 10);
        Assert.StartsWith("heater 1: rule heat@", farm.Told[^1]);

        await farm.SayAsync(new ZoneNote.Stopped("t1", "gh1", "aigul", "smoke"));
        Assert.Equal("heater 0: emergency stop by aigul", farm.Told[^1]);
        await farm.RestartAsync();
        var told = farm.Told.Count;
        await farm.PassAsync(200, 10);
        Assert.Equal(told, farm.Told.Count);
        Assert.Equal(("gh1", "aigul", "smoke"), (await ManualAsync(farm, m => m.Stops)) is [var stop] ? (stop.Zone, stop.Owner, stop.Reason) : default);

        await farm.SayAsync(new ZoneNote.Resumed("t1", "gh1", "aigul"));
        await farm.PassAsync(200, 10);

        Assert.StartsWith("heater 1: rule heat@", farm.Told[told]);
    }

    [Fact]
    public async Task A_heater_without_warmth_is_an_outcome_an_alarm_and_a_reason_for_the_spare_one()
    {
        await using var farm = await HandFarm.StartAsync(Farm, Rules);

        await farm.PassAsync(40, 10);

        var alarm = farm.Alarms.List().Single();
        Assert.Equal(("t1:gh1:command_no_effect:heater", AlarmState.Active), (alarm.Key.Id, alarm.State));
        Assert.Contains("expected on: air_temperature rises by 1 K within 30 s, not seen: air_temperature 10 °C, rose by 0 K", alarm.Text);
        Assert.Contains(farm.Told, t => t.StartsWith("spare 1: rule spare-heater@", StringComparison.Ordinal));

        // Warm, off, cold again: the next command succeeds, but only its effect ends the alarm.
        await farm.PassAsync(400, 17);
        await farm.PassAsync(400, 10);
        Assert.Equal(AlarmState.Active, farm.Alarms.List().Single().State);
        await farm.PassAsync(400, 17);
        await farm.PassAsync(3, 10);
        await farm.PassAsync(3, 12);
        Assert.Equal(AlarmState.Returned, farm.Alarms.List().Single().State);
    }

    private static async Task<IReadOnlyList<T>> ManualAsync<T>(HandFarm farm, Func<ManualPicture, IReadOnlyList<T>> part)
    {
        var asked = farm.Rules.ManualAsync(default);
        await farm.Rules.StepAsync(isTick: false, default);
        return part(await asked);
    }
}
