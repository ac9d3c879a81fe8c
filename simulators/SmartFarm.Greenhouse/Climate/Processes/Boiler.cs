using SmartFarm.Greenhouse.Climate.Balances;

namespace SmartFarm.Greenhouse.Climate.Processes;

/// <summary>A boiler that follows its demand with a lag and throttles before the pipe water boils.</summary>
/// <param name="Power">Its power at the end of the step, W/m².</param>
/// <param name="ToPipe">What it gave to the pipes, W/m².</param>
/// <param name="ToAir">What it gave to the air, W/m².</param>
internal readonly record struct Boiler(double Power, double ToPipe, double ToAir)
{
    /// <summary>The last kelvins before the limit, over which it throttles.</summary>
    private const double Throttle = 5;

    public static Boiler Over(in Moment m, double seconds)
    {
        var heating = m.House.Heating;
        var demand = heating.Power * m.Controls.Heating;
        var left = Math.Exp(-seconds / heating.Lag);
        var mean = demand + ((m.State.BoilerPower - demand) * (1 - left) * heating.Lag / seconds);
        var limit = Math.Clamp((heating.MaxPipeTemperature - m.State.PipeTemperatureC) / Throttle, 0, 1);
        return new Boiler(demand + ((m.State.BoilerPower - demand) * left), mean * heating.PipeShare * limit, mean * (1 - heating.PipeShare));
    }

    public void AddTo(Span<Flow> flows)
    {
        flows[(int)HouseFlow.BoilerToPipe] = Flow.Into(Node.Pipe, ToPipe);
        flows[(int)HouseFlow.BoilerToAir] = Flow.Into(Node.Air, ToAir);
    }
}
