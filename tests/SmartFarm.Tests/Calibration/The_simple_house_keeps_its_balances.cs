using FsCheck;
using FsCheck.Fluent;
using SmartFarm.Greenhouse.Calibration;
using Xunit;

namespace SmartFarm.Tests.Calibration;

public sealed class The_simple_house_keeps_its_balances
{
    private static readonly SimpleHouseModel Model = new(new SimpleHouse());

    private static Arbitrary<(SimpleState State, HouseInputs Inputs)> Moments => Arb.From(
        from inside in Gen.Choose(-300, 550)
        from humidity in Gen.Choose(5, 100)
        from outside in Gen.Choose(-400, 480)
        from radiation in Gen.Choose(0, 1100)
        from wind in Gen.Choose(0, 300)
        from vent in Gen.Choose(0, 100)
        from screen in Gen.Choose(0, 100)
        from pipe in Gen.Choose(0, 90)
        select (SimpleState.Of(inside / 10.0, humidity), new HouseInputs(outside / 10.0, 3, radiation, wind / 10.0, vent / 100.0, screen / 100.0, 0, pipe, 0, 0)));

    [Fact]
    public void A_tight_dry_house_settles_where_loss_equals_gain()
    {
        var model = new SimpleHouseModel(new SimpleHouse { Leakage = 0, RadiationTranspiration = 0, DeficitTranspiration = 0, CoverLoss = 5, GroundExchange = 2, GroundTemperatureC = 12, LightTransmission = 0.5 });
        var state = SimpleState.Of(20, 30);
        for (var minute = 0; minute < 72 * 60; minute++)
        {
            state = model.Step(state, new HouseInputs(-10, 1, 200, 3, 0, 0, 0, 0, 80, 0), 60);
        }

        Assert.Equal(((5 * -10) + (2 * 12) + (0.5 * 200) + 80) / 7.0, state.TemperatureC, 1e-9);
    }

    [Fact]
    public void Any_step_is_stable_and_air_holds_no_more_than_saturation()
    {
        Prop.ForAll(Moments, Arb.From(Gen.Choose(1, 86_400)), (moment, seconds) =>
        {
            var state = Model.Step(moment.State, moment.Inputs, seconds);
            return state.TemperatureC is > -60 and < 150 && state.Vapour >= 0 && (state.TemperatureC > 80 || state.RelativeHumidityPercent < 100 + 1e-9);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void More_heat_is_warmer_and_an_open_vent_brings_the_air_nearer_to_outside()
    {
        Prop.ForAll(Moments, moment =>
        {
            var before = Model.Step(moment.State, moment.Inputs, 100).TemperatureC;
            var heated = Model.Step(moment.State, moment.Inputs with { Heat = 50 }, 100).TemperatureC;
            var vented = Model.Step(moment.State, moment.Inputs with { Vent = 1 }, 100).TemperatureC;
            var (inside, outside) = (moment.State.TemperatureC, moment.Inputs.OutsideTemperatureC);
            var (warm, cold) = (Math.Min(inside, before) > outside, Math.Max(inside, before) < outside);
            return heated > before && (!warm || vented <= before + 1e-9) && (!cold || vented >= before - 1e-9);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Half_steps_end_near_whole_steps()
    {
        Prop.ForAll(Moments, moment =>
        {
            var whole = Model.Step(moment.State, moment.Inputs, 100);
            var half = Model.Step(Model.Step(moment.State, moment.Inputs, 50), moment.Inputs, 50);
            return (Math.Abs(whole.TemperatureC - half.TemperatureC) < 0.5).Label($"{whole} {half}");
        }).QuickCheckThrowOnFailure();
    }
}
