using SmartFarm.Greenhouse.Climate.Balances;
using SmartFarm.Greenhouse.Climate.Processes;
using SmartFarm.Greenhouse.Weather;

namespace SmartFarm.Greenhouse.Climate;

/// <summary>
/// The physics of a house after Vanthoor 2011, chapter 8: heat and vapour of the air below and above the energy screen, of leaves, screen,
/// cover, pipes and soil; CO₂; water and salts of the root zone; the tank. Weather and controls are held over a step. Stable at any step from
/// −40 to 48 °C outside; steps of up to 60 s follow the day. Allocates nothing. Thread-safe.
/// </summary>
/// <exception cref="ArgumentOutOfRangeException">A height or thickness of the parameters is not above 0.</exception>
/// <param name="parameters">How the house is built.</param>
public sealed class HouseModel(HouseParameters parameters)
{
    /// <summary>Longer steps are taken in equal parts of at most this, s: within it the coefficients that the step holds change little.</summary>
    private const double LongestPart = 10;

    /// <summary>No part is divided further, s.</summary>
    private const double ShortestPart = 0.05;

    private readonly Fabric _fabric = new(parameters);

    /// <summary>How the house is built.</summary>
    public HouseParameters Parameters => parameters;

    /// <summary>A house of this kind at rest, at a temperature (°C) and humidity (%), with its root zone at field capacity, fed as its drip is, and its tank full.</summary>
    public HouseState Start(double temperatureC, double relativeHumidityPercent)
    {
        var zone = parameters.RootZone;
        return HouseState.Of(temperatureC, relativeHumidityPercent) with
        {
            SoilMoisturePercent = zone.FieldCapacity,
            SubstrateEc = zone.FeedEc,
            SaltGram = zone.FeedEc * Physics.SaltPerEc * zone.FieldCapacity * zone.LitresPerPercent,
            TankLitres = zone.TankVolume,
        };
    }

    /// <summary>Takes a state one step further.</summary>
    /// <param name="state">The state, which is changed.</param>
    /// <param name="outside">The air outside, held over the step.</param>
    /// <param name="controls">What the actuators do, held over the step.</param>
    /// <param name="seconds">Length of the step, s.</param>
    public void Step(ref HouseState state, in Outside outside, in HouseControls controls, double seconds) => Step(ref state, outside, controls, seconds, out _);

    /// <summary>Takes a state one step further and tells what flowed.</summary>
    /// <param name="state">The state, which is changed.</param>
    /// <param name="outside">The air outside, held over the step.</param>
    /// <param name="controls">What the actuators do, held over the step.</param>
    /// <param name="seconds">Length of the step, s.</param>
    /// <param name="fluxes">The mean flows over the step.</param>
    public void Step(ref HouseState state, in Outside outside, in HouseControls controls, double seconds, out HouseFluxes fluxes)
    {
        fluxes = default;
        if (!(seconds > 0))
        {
            return;
        }

        var shares = controls.Clamped();
        var parts = (int)Math.Ceiling(seconds / LongestPart);
        for (var i = 0; i < parts; i++)
        {
            StepPart(ref state, outside, shares, seconds / parts, 1.0 / parts, ref fluxes);
        }
    }

    private void StepPart(ref HouseState state, in Outside outside, in HouseControls controls, double seconds, double weight, ref HouseFluxes fluxes)
    {
        var entry = state;
        state.PressureHPa = outside.PressureHPa;
        state.DustShare = CoverDust.Step(state.DustShare, outside, seconds);
        var before = state;
        var m = new Moment(_fabric, before, outside, controls);

        var tank = Tank.Offer(m, PadFan.Of(m, supply: 1).Water, seconds);
        var (sun, lamps, air, pads, boiler) = (Sunlight.On(m), Lamps.Of(m), Ventilation.Of(m), PadFan.Of(m, tank.Share), Boiler.Over(m, seconds));

        Span<Flow> flows = stackalloc Flow[HeatAndVapour.Flows];
        sun.AddTo(flows);
        lamps.AddTo(flows);
        boiler.AddTo(flows);
        flows[(int)HouseFlow.FansToAir] = Flow.Into(Node.Air, parameters.Cooling.FanPower * controls.CirculationFan);
        HeatRadiation.AddTo(flows, m);
        Convection.AddTo(flows, m);
        air.AddTo(flows, m);
        pads.AddTo(flows, m);
        Condensation.AddTo(flows, m);
        Transpiration.AddTo(flows, m, sun.AboveCanopy + lamps.Par);
        Fogging.AddTo(flows, m, tank.Fog);

        Span<double> change = stackalloc double[Nodes.Count];
        HeatAndVapour.Solve(flows, _fabric.Capacities, seconds, change);
        state.Change(change);
        if ((state.HumidityRatio < 0 || state.TopHumidityRatio < 0) && seconds > ShortestPart)
        {
            // What condenses follows the cover along a straight line: when that falls by tens of kelvins at once, more would fall out than there is.
            state = entry;
            StepPart(ref state, outside, controls, seconds / 2, weight / 2, ref fluxes);
            StepPart(ref state, outside, controls, seconds / 2, weight / 2, ref fluxes);
            return;
        }

        state.BoilerPower = boiler.Power;
        state.Light(sun, lamps, parameters.Light);

        var photons = (Sunlight.PhotonsPerJoule * sun.ParCanopy) + (parameters.Light.LampPhotons * lamps.ParCanopy);
        HouseFluxes part = default;
        part.Set(flows, change);
        CarbonDioxide.Step(m, ref state, air, pads.Flow, photons, seconds).Report(ref part);
        tank.Step(m, ref state, pads.Water, seconds).Report(ref part);
        part[HouseFlow.WaterTaken] = Math.Max(0, part[HouseFlow.Transpiration]);
        RootZone.Step(parameters.RootZone, ref state, tank.Drip, part[HouseFlow.WaterTaken], seconds).Report(ref part);
        sun.Report(ref part);
        part[HouseFlow.LampPower] = lamps.Power;
        part[HouseFlow.MotorPower] = parameters.Cooling.Power(controls) + parameters.RootZone.Power(controls);
        part[HouseFlow.AirExchange] = air.Side + air.Roof + pads.Flow;
        state.Meters.Add(part, seconds);
        fluxes.Add(part, weight);
    }
}
