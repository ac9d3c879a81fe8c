namespace SmartFarm.Greenhouse.Climate.Processes;

/// <summary>The tank that feeds drip, fog and pads, refilled by a float valve. When it cannot give what they ask for, all get the same share of it. Flows in kg m⁻² s⁻¹.</summary>
/// <param name="Drip">Drip.</param>
/// <param name="Fog">Water through the fog nozzles.</param>
/// <param name="Share">Share of the demand that there is water for.</param>
internal readonly record struct Tank(double Drip, double Fog, double Share)
{
    /// <summary>Water from the mains.</summary>
    public double Mains { get; init; }

    /// <summary>Water taken from the pads.</summary>
    public double Pads { get; init; }

    /// <summary>What the tank can give over a step.</summary>
    public static Tank Offer(in Moment m, double pads, double seconds)
    {
        var drip = m.House.RootZone.IrrigationRate * m.Controls.Irrigation / 3600;
        var fog = m.House.Cooling.FogRate * m.Controls.Fog / 3600;
        var demand = (drip + fog + pads) * seconds;
        var share = demand <= m.State.TankLitres ? 1 : m.State.TankLitres / demand;
        return new Tank(drip * share, fog * share, share);
    }

    /// <summary>Takes what was used and refills.</summary>
    public Tank Step(in Moment m, ref HouseState state, double pads, double seconds)
    {
        var left = Math.Max(0, state.TankLitres - ((Drip + Fog + pads) * seconds));
        var room = Math.Max(0, m.House.RootZone.TankVolume - left);
        var mains = Math.Min(room, m.House.RootZone.MainsRate * (1 - m.Controls.MainsCut) * seconds / 3600);
        state.TankLitres = left + mains;
        return this with { Mains = mains / seconds, Pads = pads };
    }

    public void Report(ref HouseFluxes fluxes)
    {
        fluxes[HouseFlow.Irrigation] = Drip;
        fluxes[HouseFlow.FogNozzles] = Fog;
        fluxes[HouseFlow.PadWater] = Pads;
        fluxes[HouseFlow.Mains] = Mains;
    }
}
