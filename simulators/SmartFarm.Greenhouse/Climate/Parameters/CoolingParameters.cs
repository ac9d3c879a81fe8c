namespace SmartFarm.Greenhouse.Climate;

/// <summary>Fog nozzles, fans that draw air in through wet pads, and fans that stir the air.</summary>
public sealed record CoolingParameters
{
    /// <summary>Flow of the fog nozzles, litres m⁻² h⁻¹: 0.3 takes up 204 W/m² when it all evaporates.</summary>
    public double FogRate { get; init; } = 0.3;

    /// <summary>Vapour pressure deficit at which half of the fog evaporates before it falls, Pa.</summary>
    public double FogHalfDeficit { get; init; } = 150;

    /// <summary>Flow of the pad fans, m³ m⁻² s⁻¹: 0.04 is an air change in about two minutes.</summary>
    public double PadFlow { get; init; } = 0.04;

    /// <summary>Share of the way to the wet bulb that air goes in the pad. Vanthoor η_pad.</summary>
    public double PadEfficiency { get; init; } = 0.8;

    /// <summary>Electric power of the pad fans, W/m².</summary>
    public double PadFanPower { get; init; } = 4;

    /// <summary>Speed of the air at the leaves without fans, m/s: what Vanthoor's constant leaf coefficients stand for.</summary>
    public double StillAirSpeed { get; init; } = 0.1;

    /// <summary>Speed that the circulation fans add, m/s.</summary>
    public double FanAirSpeed { get; init; } = 0.3;

    /// <summary>Air that the circulation fans move between below and above an open screen, m³ m⁻² s⁻¹.</summary>
    public double FanMixing { get; init; } = 0.03;

    /// <summary>Electric power of the circulation fans, W/m².</summary>
    public double FanPower { get; init; } = 1.5;

    internal double Power(in HouseControls controls) => (FanPower * controls.CirculationFan) + (PadFanPower * controls.PadFan);
}
