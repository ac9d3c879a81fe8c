using SmartFarm.Domain.Commands;
using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;
using SmartFarm.Greenhouse.Climate;
using SmartFarm.Greenhouse.Weather;
using SmartFarm.Greenhouse.Weather.Generated;
using SmartFarm.Simulator.Cli;
using SmartFarm.Simulator.Controllers;
using SmartFarm.Simulator.World;
using Xunit;

namespace SmartFarm.Tests.Simulator;

public sealed class A_simulated_house_lives_in_world_time
{
    private static readonly DateTimeOffset JulyMorning = new(2026, 7, 15, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void At_speed_sixty_an_hour_passes_in_a_minute_from_another_season()
    {
        var clock = new WorldClock(JulyMorning, Speed: 60, TimeSpan.FromDays(-181));

        Assert.Equal(JulyMorning.AddDays(-181).AddHours(1), clock.At(JulyMorning.AddMinutes(1)));
    }

    [Theory]
    [InlineData("summer", 7, 15)]
    [InlineData("winter", 1, 15)]
    [InlineData("now", 11, 22)]
    public void A_season_keeps_the_hour_of_the_day(string season, int month, int day)
    {
        var now = new DateTimeOffset(2026, 11, 22, 9, 30, 0, TimeSpan.Zero);

        Assert.Equal(new DateTimeOffset(2026, month, day, 9, 30, 0, TimeSpan.Zero), now + Parsing.Season(season, now));
    }

    [Fact]
    public void A_July_day_with_closed_vents_cooks_the_crop_and_open_vents_keep_it_near_the_air_outside()
    {
        var closed = HottestOver(JulyMorning, default, out var outside);
        var open = HottestOver(JulyMorning, new HouseControls { RoofVentLee = 1, RoofVentWind = 1 }, out _);

        Assert.InRange(closed - outside, 15, 40);
        Assert.InRange(open - outside, -1, 8);
    }

    [Fact]
    public void A_January_night_freezes_an_unheated_house_and_the_heater_saves_it()
    {
        var january = JulyMorning.AddDays(-181);

        Assert.InRange(ColdestOver(january, default), -25, 6);
        Assert.InRange(ColdestOver(january, new HouseControls { Heating = 1 }), 15, 60);
    }

    [Fact]
    public void After_a_long_sleep_it_does_not_work_through_the_years()
    {
        var zone = Zone(JulyMorning);

        zone.Advance(JulyMorning.AddYears(1000), default);

        Assert.True(double.IsFinite(zone.State.TemperatureC));
    }

    [Fact]
    public void Actuators_act_by_their_names_and_by_their_share_of_the_range()
    {
        var vent = new Actuator("roof_vent", ActuatorKind.Position, Units.Percent, 0, 100, 0, 2, default, default, default, null);
        var heater = new Actuator("heater", ActuatorKind.Switch, null, 0, 1, 0, 0, default, default, default, null);
        var horn = heater with { Id = "horn" };

        var controls = ActuatorEffects.Controls(
            [(vent, 40), (vent with { Id = "vent_lee_2" }, 60), (vent with { Id = "side_vent" }, 20), (vent with { Id = "shade_screen" }, 80), (vent with { Id = "thermal_screen" }, 90), (heater, 1), (horn, 1)]);

        Assert.Equal(new HouseControls { RoofVentLee = 0.5, RoofVentWind = 0.4, SideVent = 0.2, ShadeScreen = 0.8, EnergyScreen = 0.9, Heating = 1 }, controls);
        Assert.False(ActuatorEffects.HasEffect(horn));
    }

    [Fact]
    public void A_state_is_reported_on_change_now_and_then_on_the_way_and_regularly()
    {
        var report = new StateReport(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(2));

        Assert.True(Due(second: 0, position: 0, isMoving: false));
        Assert.False(Due(second: 1, position: 0, isMoving: true));
        Assert.True(Due(second: 2, position: 1, isMoving: true));
        Assert.False(Due(second: 3, position: 2, isMoving: true));
        Assert.True(Due(second: 3.5, position: 2.5, isMoving: false));
        Assert.False(Due(second: 60, position: 2.5, isMoving: false));
        Assert.True(Due(second: 63.5, position: 2.5, isMoving: false));

        bool Due(double second, double position, bool isMoving) => report.IsDue(
            new ControllerState(null, ControlMode.Remote, new Dictionary<string, double>(StringComparer.Ordinal) { ["vent"] = position }), isMoving, JulyMorning.AddSeconds(second));
    }

    private static double HottestOver(DateTimeOffset start, HouseControls controls, out double outside)
    {
        var day = Day(start, controls).ToList();
        outside = day.Max(minute => minute.Outside);
        return day.Max(minute => minute.Inside);
    }

    /// <summary>The coldest of a day, after the two hours in which cold pipes get hot.</summary>
    private static double ColdestOver(DateTimeOffset start, HouseControls controls) => Day(start, controls).Skip(120).Min(minute => minute.Inside);

    private static IEnumerable<(double Inside, double Outside)> Day(DateTimeOffset start, HouseControls controls)
    {
        var zone = Zone(start);
        for (var minute = 1; minute <= 24 * 60; minute++)
        {
            zone.Advance(start.AddMinutes(minute), controls);
            yield return (zone.State.TemperatureC, zone.Scene.Outside.TemperatureC);
        }
    }

    private static SimulatedZone Zone(DateTimeOffset start) => new(new HouseModel(HouseParameters.SingleFilm), new GeneratedWeather(Place.Turkestan, seed: 1), start);
}
