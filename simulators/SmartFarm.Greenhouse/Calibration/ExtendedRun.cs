using SmartFarm.Greenhouse.Climate;
using SmartFarm.Greenhouse.Weather;

namespace SmartFarm.Greenhouse.Calibration;

/// <summary>
/// Runs the extended house freely through a recorded history. Where the recorded pipes are warmer than the air they are imposed; else they cool by themselves. The two
/// screens of a history are one in the house: the further drawn counts. Thread-safe.
/// </summary>
/// <param name="model">The house.</param>
/// <param name="groundTemperatureC">Temperature of the ground a metre down, °C.</param>
public sealed class ExtendedRun(HouseModel model, double groundTemperatureC)
{
    private const double StefanBoltzmann = 5.670374e-8;
    private const double LongestStep = 60;

    /// <summary>Air temperature (°C) and relative humidity (%) of the house at each row. It starts from the first row that has both.</summary>
    /// <exception cref="ArgumentException">No row has both temperature and humidity.</exception>
    public IReadOnlyList<(double TemperatureC, double RelativeHumidityPercent)> States(IReadOnlyList<HistoryRow> rows)
    {
        var first = rows.FirstOrDefault(row => row.Measured is not null);
        var state = first.Measured is not null
            ? model.Start(first.TemperatureC!.Value, first.RelativeHumidityPercent!.Value)
            : throw new ArgumentException("No row of the history has both a temperature and a humidity.");
        var states = new List<(double, double)>(rows.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            states.Add((state.TemperatureC, state.RelativeHumidityPercent));
            if (i + 1 < rows.Count)
            {
                Advance(ref state, rows[i].Inputs, (rows[i + 1].Time - rows[i].Time).TotalSeconds);
            }
        }

        return states;
    }

    private void Advance(ref HouseState state, in HouseInputs inputs, double seconds)
    {
        var outside = Outside(inputs);
        var controls = new HouseControls
        {
            RoofVentLee = inputs.Vent,
            RoofVentWind = inputs.Vent,
            EnergyScreen = Math.Max(inputs.EnergyScreen, inputs.BlackoutScreen),
            Lamps = inputs.Lamps,
        };
        var steps = (int)Math.Ceiling(seconds / LongestStep);
        for (var i = 0; i < steps; i++)
        {
            if (inputs.PipeTemperatureC > state.TemperatureC)
            {
                state.PipeTemperatureC = inputs.PipeTemperatureC;
            }

            model.Step(ref state, outside, controls, seconds / steps);
        }
    }

    private Outside Outside(in HouseInputs inputs)
    {
        var humidity = Math.Min(100, new SimpleState(inputs.OutsideTemperatureC, inputs.OutsideVapour).RelativeHumidityPercent);
        var outside = new Outside(inputs.OutsideTemperatureC, humidity, inputs.Radiation, inputs.WindSpeed, 0, 0, 1013, 420) { GroundTemperatureC = groundTemperatureC };
        var blackBody = StefanBoltzmann * Math.Pow(inputs.OutsideTemperatureC + 273.15, 4);
        return double.IsFinite(inputs.NetSkyRadiation) ? outside with { SkyTemperatureC = Sky.Temperature(blackBody + inputs.NetSkyRadiation) } : outside;
    }
}
