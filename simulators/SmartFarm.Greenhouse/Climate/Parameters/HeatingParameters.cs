namespace SmartFarm.Greenhouse.Climate;

/// <summary>A boiler that heats pipes and, if it has a fan coil, the air.</summary>
public sealed record HeatingParameters
{
    /// <summary>Power of the boiler at full load, W/m²: what a single film loses at 18 °C against −20 °C outside. Vanthoor has 150 for the Dutch house.</summary>
    public double Power { get; init; } = 232;

    /// <summary>Share of the power that goes into the pipes; the rest warms the air at once.</summary>
    public double PipeShare { get; init; } = 1;

    /// <summary>Time in which burner and exchanger follow the demand to 1 − 1/e, s.</summary>
    public double Lag { get; init; } = 240;

    /// <summary>Highest temperature of the pipe water, °C: the boiler throttles on the last 5 K below it.</summary>
    public double MaxPipeTemperature { get; init; } = 90;

    /// <summary>Length of pipe per area of floor, m/m². Vanthoor l_pipe.</summary>
    public double PipeLength { get; init; } = 1.875;

    /// <summary>Outer diameter of the pipes, m. Vanthoor φ_pipe,E.</summary>
    public double PipeOuterDiameter { get; init; } = 0.051;

    /// <summary>Inner diameter of the pipes, m. Vanthoor φ_pipe,I.</summary>
    public double PipeInnerDiameter { get; init; } = 0.047;

    /// <summary>Area of pipe per area of floor. Vanthoor table 8.3, A_pipe.</summary>
    internal double PipeArea => Math.PI * PipeLength * PipeOuterDiameter;

    /// <summary>Heat capacity of steel and water in the pipes, J m⁻² K⁻¹. Vanthoor eq. 8.22.</summary>
    internal double PipeHeatCapacity
    {
        get
        {
            var outer = PipeOuterDiameter * PipeOuterDiameter;
            var inner = PipeInnerDiameter * PipeInnerDiameter;
            return Math.PI / 4 * PipeLength * (((outer - inner) * 7850 * 640) + (inner * 1000 * 4180));
        }
    }
}
