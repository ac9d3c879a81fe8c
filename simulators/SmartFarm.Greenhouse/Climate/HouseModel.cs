using SmartFarm.Agronomy;
using SmartFarm.Greenhouse.Weather;

namespace SmartFarm.Greenhouse.Climate;

/// <summary>
/// A first-order greenhouse. Each balance has the form dy/dt = gain − rate·y; with gain and rate held over a step it is solved exactly,
/// so a step of any length is stable. Steps of up to 60 s follow the day well. Thread-safe.
/// </summary>
/// <param name="parameters">The house.</param>
public sealed class HouseModel(HouseParameters parameters)
{
    private const double AirHeatCapacity = 1290;
    private const double Gravity = 9.81;

    /// <summary>Mass of 1 ppm of CO₂ in a cubic metre of air at 20 °C and 1013 hPa, mg.</summary>
    private const double MilligramPerPpm = 1.83;

    /// <summary>CO₂ at which the crop takes up none, ppm. Van Henten 2003, c_Γ = 5.2e-5 kg/m³.</summary>
    private const double Co2CompensationPpm = 28;

    private static readonly TimeSpan SoilLag = TimeSpan.FromHours(10);
    private static readonly TimeSpan DrainageLag = TimeSpan.FromHours(2);

    /// <summary>The house.</summary>
    public HouseParameters Parameters => parameters;

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
        var exchange = AirExchange(state.TemperatureC, outside, (controls.RoofVentLee + controls.RoofVentWind) / 2);
        var light = parameters.CoverTransmission * outside.SolarRadiation;
        var temperature = Temperature(state, outside, controls, exchange, seconds);
        var stomata = Stomata(light) * WaterStress(state.SoilMoisturePercent);
        var humidity = Humidity(state, outside, temperature, exchange, stomata, seconds, out var transpired);
        state.Co2Ppm = state.TopCo2Ppm = Co2(state, outside, exchange, light, seconds);
        state.SoilMoisturePercent = SoilMoisture(state, controls, transpired, seconds);
        state.SoilTemperatureC = Balance(state.SoilTemperatureC, temperature / SoilLag.TotalSeconds, 1 / SoilLag.TotalSeconds, seconds);
        state.TemperatureC = state.TopTemperatureC = state.CanopyTemperatureC = state.ScreenTemperatureC = temperature;
        state.CoverTemperatureC = state.CoverOuterTemperatureC = (temperature + outside.TemperatureC) / 2;
        state.PressureHPa = outside.PressureHPa;
        state.HumidityRatio = state.TopHumidityRatio = Humid.Ratio(Math.Min(1, humidity / Saturated(temperature)) * Humid.Saturated(temperature), outside.PressureHPa);
        fluxes = new HouseFluxes { AirExchange = exchange, Transpiration = transpired / 1000 / seconds };
    }

    /// <summary>Exchange of air with outside, m³ per m² of floor and second, driven by wind and buoyancy. Vanthoor 2011 eq. 8.65 with C_d 0.75 and C_w 0.09.</summary>
    public double AirExchange(double temperatureC, in Outside outside, double vent)
    {
        var mean = 273.15 + ((temperatureC + outside.TemperatureC) / 2);
        var buoyancy = Gravity * parameters.VentHeight * Math.Abs(temperatureC - outside.TemperatureC) / (2 * mean);
        return parameters.Leakage + (vent * parameters.VentArea * 0.75 / 2 * Math.Sqrt(buoyancy + (0.09 * outside.WindSpeed * outside.WindSpeed)));
    }

    private double Temperature(in HouseState state, in Outside outside, in HouseControls controls, double exchange, double seconds)
    {
        var loss = parameters.CoverLoss + (AirHeatCapacity * exchange);
        var gain = (parameters.SolarGain * outside.SolarRadiation) + (parameters.HeatingPower * controls.Heating);
        return Balance(state.TemperatureC, (gain + (loss * outside.TemperatureC)) / parameters.HeatCapacity, loss / parameters.HeatCapacity, seconds);
    }

    private double Humidity(in HouseState state, in Outside outside, double temperature, double exchange, double stomata, double seconds, out double transpired)
    {
        var saturated = Saturated(temperature);
        var outdoors = Psychrometrics.AbsoluteHumidity(outside.TemperatureC, outside.RelativeHumidityPercent);
        var atCover = Saturated((temperature + outside.TemperatureC) / 2);
        var crop = parameters.CropConductance * stomata;
        var cover = state.AbsoluteHumidity > atCover ? parameters.CoverConductance : 0;
        var gain = (crop * saturated) + (cover * atCover) + (exchange * outdoors);
        var loss = crop + cover + exchange;
        var humidity = Math.Min(saturated, Balance(state.AbsoluteHumidity, gain / parameters.Height, loss / parameters.Height, seconds));
        transpired = crop * Math.Max(0, saturated - ((humidity + state.AbsoluteHumidity) / 2)) * seconds;
        return humidity;
    }

    /// <summary>Uptake is a hyperbola in light and in CO₂; over a step it is a sink in proportion to the CO₂ above the compensation point.</summary>
    private double Co2(in HouseState state, in Outside outside, double exchange, double light, double seconds)
    {
        var uptake = parameters.CropUptake / MilligramPerPpm * (light / (light + 200)) / (state.Co2Ppm + 400);
        var gain = (uptake * Co2CompensationPpm) + (exchange * outside.Co2Ppm) + (parameters.Respiration / MilligramPerPpm);
        return Balance(state.Co2Ppm, gain / parameters.Height, (uptake + exchange) / parameters.Height, seconds);
    }

    private double SoilMoisture(in HouseState state, in HouseControls controls, double transpiredGram, double seconds)
    {
        var millimetrePerPercent = 10 * parameters.RootDepth;
        var moisture = state.SoilMoisturePercent
            + (((controls.Irrigation * parameters.IrrigationRate * seconds / 3600) - (transpiredGram / 1000)) / millimetrePerPercent);
        return moisture > parameters.FieldCapacity
            ? Math.Min(100, Balance(moisture, parameters.FieldCapacity / DrainageLag.TotalSeconds, 1 / DrainageLag.TotalSeconds, seconds))
            : Math.Max(0, moisture);
    }

    /// <summary>Opening of the stomata by light, 1 by full day. Stanghellini 1987 as in Vanthoor 2011 eq. 8.48 to 8.50: r_b 275 s/m, r_s,min 82 s/m.</summary>
    private static double Stomata(double light) => (275 + 82) / (275 + (82 * (light + 4.3) / (light + 0.54)));

    /// <summary>Share of transpiration that the soil can still feed. FAO-56 eq. 84 with a depletion fraction p of 0.4.</summary>
    private double WaterStress(double moisturePercent) => Math.Clamp(
        (moisturePercent - parameters.WiltingPoint) / (0.6 * (parameters.FieldCapacity - parameters.WiltingPoint)), 0, 1);

    /// <summary>Water in saturated air, g/m³. Beyond the range of the formula its last value holds: a heater left on in a closed house in July gets there.</summary>
    private static double Saturated(double temperatureC) => Psychrometrics.AbsoluteHumidity(Math.Clamp(temperatureC, -60, 80), 100);

    /// <summary>Solves dy/dt = gain − rate·y over a time; a rate of 0 leaves the gain alone.</summary>
    private static double Balance(double value, double gain, double rate, double seconds)
    {
        var left = Math.Exp(-rate * seconds);
        return (value * left) + (gain * (rate * seconds < 1e-9 ? seconds : (1 - left) / rate));
    }
}
