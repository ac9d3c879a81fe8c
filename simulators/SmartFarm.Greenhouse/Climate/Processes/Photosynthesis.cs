namespace SmartFarm.Greenhouse.Climate.Processes;

/// <summary>CO₂ that the leaves bind, by the transport of electrons. Vanthoor 2011 eq. 9.12 to 9.15, 9.21 and 9.23.</summary>
internal static class Photosynthesis
{
    /// <summary>CO₂ in the leaf over that in the air. Vanthoor 2011 table 9.1.</summary>
    private const double InLeaf = 0.67;

    /// <summary>Photons to electrons. Vanthoor 2011 table 9.1, α.</summary>
    private const double Yield = 0.385;

    /// <summary>Curvature of the light response. Vanthoor 2011 table 9.1, Θ.</summary>
    private const double Curvature = 0.7;

    /// <summary>CO₂ compensation point, ppm/K. Vanthoor 2011 table 9.1, c_Γ.</summary>
    private const double Compensation = 1.7;

    /// <summary>mg of CO₂ in a µmol.</summary>
    private const double MilligramPerMicromole = 0.044;

    /// <summary>Leaves at frost bind nothing; from this temperature up the cold does not hinder them beyond the formula, °C. An estimate.</summary>
    private const double ColdLimit = 5;

    /// <summary>What is bound, mg m⁻² s⁻¹, never negative: below the compensation point, and by night, nothing.</summary>
    /// <param name="m">The moment.</param>
    /// <param name="photons">Photons absorbed by the leaves, µmol m⁻² s⁻¹.</param>
    public static double Gross(in Moment m, double photons)
    {
        var canopyC = m.State.CanopyTemperatureC;
        var inLeaf = InLeaf * m.State.Co2Ppm;
        var leafArea = Math.Max(1, m.Fabric.LeafArea);
        var compensation = Math.Max(0, (Compensation * canopyC / leafArea) + (20 * Compensation * (1 - (1 / leafArea))));
        if (photons <= 0 || inLeaf <= compensation || canopyC <= 0)
        {
            return 0;
        }

        var potential = m.House.Crop.ElectronTransport * m.Fabric.LeafArea * Warmth(canopyC + Physics.Kelvin);
        var sum = potential + (Yield * photons);
        var transport = (sum - Math.Sqrt((sum * sum) - (4 * Curvature * potential * Yield * photons))) / (2 * Curvature);
        var bound = transport * (inLeaf - compensation) / (4 * (inLeaf + (2 * compensation))) * (1 - (compensation / inLeaf));
        return MilligramPerMicromole * bound * Math.Min(1, canopyC / ColdLimit) * RootZone.Supply(m.House.RootZone, m.State.SoilMoisturePercent);
    }

    /// <summary>What the crop breathes out, mg m⁻² s⁻¹. Van Henten 2003: c_resp,c = 4.87e-7 s⁻¹ at 25 °C, doubling with every 10 K.</summary>
    public static double Respiration(in Moment m) => 0.487 * m.House.Crop.DryMass * Math.Pow(2, (0.1 * Math.Clamp(m.State.CanopyTemperatureC, -60, 60)) - 2.5);

    /// <summary>Electron transport over that at 25 °C: activation and, in the heat, deactivation. Eq. 9.15 with E_J 37 kJ/mol, S 710 J mol⁻¹ K⁻¹ and H 220 kJ/mol.</summary>
    private static double Warmth(double kelvin)
    {
        const double Activation = 37e3, Entropy = 710, Deactivation = 220e3, Gas = 8.314, Reference = 298.15;
        return Math.Exp(Activation * (kelvin - Reference) / (Gas * kelvin * Reference))
            * (1 + Math.Exp(((Entropy * Reference) - Deactivation) / (Gas * Reference)))
            / (1 + Math.Exp(((Entropy * kelvin) - Deactivation) / (Gas * kelvin)));
    }
}
