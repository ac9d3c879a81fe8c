namespace SmartFarm.Greenhouse.Climate.Processes;

/// <summary>Water and salts among the roots: drip comes in, the crop takes, what is above field capacity drains. Water in kg m⁻² s⁻¹, salts in g m⁻² s⁻¹.</summary>
internal readonly record struct RootZone(double Drain, double SaltIn, double SaltTaken, double SaltOut)
{
    /// <summary>Share of transpiration that the root zone can feed. FAO-56 eq. 84.</summary>
    public static double Supply(RootZoneParameters zone, double moisturePercent) =>
        Math.Clamp((moisturePercent - zone.WiltingPoint) / ((1 - zone.EasyShare) * (zone.FieldCapacity - zone.WiltingPoint)), 0, 1);

    /// <summary>Takes water and salts one step further, with so much dripped and taken by the crop.</summary>
    public static RootZone Step(RootZoneParameters zone, ref HouseState state, double drip, double taken, double seconds)
    {
        var litres = state.SoilMoisturePercent * zone.LitresPerPercent;
        var saltTaken = taken * seconds * Math.Min(Concentration(state.SaltGram, litres), zone.UptakeEc * Physics.SaltPerEc);
        var saltIn = drip * seconds * zone.FeedEc * Physics.SaltPerEc;
        var salt = state.SaltGram + saltIn - saltTaken;
        litres += (drip - taken) * seconds;

        var drain = Drained(zone, litres, seconds);
        var saltOut = drain * Concentration(salt, litres);
        litres -= drain;
        state.SaltGram = salt - saltOut;
        state.SoilMoisturePercent = litres / zone.LitresPerPercent;
        state.SubstrateEc = Concentration(state.SaltGram, litres) / Physics.SaltPerEc;
        return new RootZone(drain / seconds, saltIn / seconds, saltTaken / seconds, saltOut / seconds);
    }

    public void Report(ref HouseFluxes fluxes)
    {
        fluxes[HouseFlow.Drain] = Drain;
        fluxes[HouseFlow.SaltIn] = SaltIn;
        fluxes[HouseFlow.SaltTaken] = SaltTaken;
        fluxes[HouseFlow.SaltOut] = SaltOut;
    }

    /// <summary>Beyond saturation water runs off at once, beyond field capacity with a lag; solved exactly.</summary>
    private static double Drained(RootZoneParameters zone, double litres, double seconds)
    {
        var overflow = Math.Max(0, litres - (zone.Saturation * zone.LitresPerPercent));
        var excess = Math.Max(0, litres - overflow - (zone.FieldCapacity * zone.LitresPerPercent));
        return overflow + (excess * (1 - Math.Exp(-seconds / zone.DrainageLag)));
    }

    private static double Concentration(double saltGram, double litres) => litres > 0 ? saltGram / litres : 0;
}
