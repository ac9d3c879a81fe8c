namespace SmartFarm.Greenhouse.Climate.Processes;

/// <summary>CO₂ among the crop and above the screen, as two linear equations solved together. Vanthoor 2011 eq. 8.12, 8.13 and 8.46.</summary>
/// <param name="Dosed">mg m⁻² s⁻¹, as the others.</param>
/// <param name="Uptake">Bound less breathed out.</param>
/// <param name="ToOutside">With the air.</param>
internal readonly record struct CarbonDioxide(double Dosed, double Uptake, double ToOutside)
{
    public static CarbonDioxide Step(in Moment m, ref HouseState state, in Ventilation air, double padFlow, double photons, double seconds)
    {
        const double Ppm = Physics.Co2PerPpm;
        var (house, outside) = (m.House, m.Outside.Co2Ppm);
        var dosed = house.Light.Co2Rate * m.Controls.Co2;
        var breathed = Photosynthesis.Respiration(m);

        // Over the step the crop takes in proportion to the CO₂ that is left, so that it never takes more than there is.
        var perPpm = m.State.Co2Ppm > 0 ? Photosynthesis.Gross(m, photons) / m.State.Co2Ppm : 0;

        var leave = Ppm * (air.Side + padFlow);
        var leaveTop = Ppm * air.Roof;
        var rise = Ppm * air.PastScreen;
        var low = Ppm * house.AirHeight / seconds;
        var high = Ppm * house.TopHeight / seconds;
        var lowGain = (low * m.State.Co2Ppm) + dosed + breathed + (leave * outside);
        var highGain = (high * m.State.TopCo2Ppm) + (leaveTop * outside);
        var lowLoss = low + leave + rise + perPpm;
        var highLoss = high + leaveTop + rise;
        var determinant = (lowLoss * highLoss) - (rise * rise);
        state.Co2Ppm = ((lowGain * highLoss) + (rise * highGain)) / determinant;
        state.TopCo2Ppm = ((highGain * lowLoss) + (rise * lowGain)) / determinant;

        var uptake = (perPpm * state.Co2Ppm) - breathed;
        return new CarbonDioxide(dosed, uptake, (leave * (state.Co2Ppm - outside)) + (leaveTop * (state.TopCo2Ppm - outside)));
    }

    public void Report(ref HouseFluxes fluxes)
    {
        fluxes[HouseFlow.Co2Dosed] = Dosed;
        fluxes[HouseFlow.Co2Uptake] = Uptake;
        fluxes[HouseFlow.Co2ToOutside] = ToOutside;
    }
}
