using System.Globalization;
using SmartFarm.Greenhouse.Climate;
using SmartFarm.Greenhouse.Weather;

namespace SmartFarm.Simulator.Weeks;

/// <summary>A house at one moment.</summary>
internal sealed record HouseRecord(DateTimeOffset Time, Outside Outside, HouseState House, HouseControls Controls, HouseFluxes Fluxes)
{
    /// <summary>The columns of a table of records.</summary>
    public static readonly (string Name, Func<HouseRecord, double> Value)[] Columns =
    [
        ("outside_c", r => r.Outside.TemperatureC),
        ("outside_rh", r => r.Outside.RelativeHumidityPercent),
        ("sun", r => r.Outside.SolarRadiation),
        ("wind", r => r.Outside.WindSpeed),
        ("sky_c", r => r.Outside.SkyTemperatureC),
        ("air_c", r => r.House.TemperatureC),
        ("air_rh", r => r.House.RelativeHumidityPercent),
        ("canopy_c", r => r.House.CanopyTemperatureC),
        ("cover_c", r => r.House.CoverTemperatureC),
        ("pipe_c", r => r.House.PipeTemperatureC),
        ("soil_c", r => r.House.SoilTemperatureC),
        ("co2_ppm", r => r.House.Co2Ppm),
        ("light_above_crop", r => r.House.SolarRadiation),
        ("soil_moisture", r => r.House.SoilMoisturePercent),
        ("substrate_ec", r => r.House.SubstrateEc),
        ("tank_l", r => r.House.TankLitres),
        ("transpiration_g_m2_h", r => r.Fluxes[HouseFlow.Transpiration] * 3.6e6),
        ("condensation_g_m2_h", r => (r.Fluxes[HouseFlow.CoverCondensation] + r.Fluxes[HouseFlow.ScreenCondensation]) * 3.6e6),
        ("air_exchange_m_h", r => r.Fluxes[HouseFlow.AirExchange] * 3600),
        ("heat_w", r => r.Fluxes[HouseFlow.BoilerToPipe] + r.Fluxes[HouseFlow.BoilerToAir]),
        ("roof_vent", r => (r.Controls.RoofVentLee + r.Controls.RoofVentWind) / 2),
        ("side_vent", r => r.Controls.SideVent),
        ("shade", r => r.Controls.ShadeScreen),
        ("energy_screen", r => r.Controls.EnergyScreen),
        ("heating", r => r.Controls.Heating),
        ("fog", r => r.Controls.Fog),
    ];

    /// <summary>Lives through a time under the <see cref="Grower"/> and looks every so often.</summary>
    public static IEnumerable<HouseRecord> Of(House house, DateTimeOffset to, TimeSpan every)
    {
        var step = TimeSpan.FromMinutes(1);
        var next = house.Time;
        while (house.Time < to)
        {
            var controls = Grower.Decide(house.State, house.Outside);
            house.Advance(house.Time + step, controls);
            if (house.Time >= next)
            {
                next += every;
                yield return new HouseRecord(house.Time, house.Outside, house.State, controls, house.Fluxes);
            }
        }
    }

    public static void Write(TextWriter writer, IEnumerable<HouseRecord> records)
    {
        writer.WriteLine($"time,{string.Join(',', Columns.Select(c => c.Name))}");
        foreach (var record in records)
        {
            writer.WriteLine($"{record.Time:yyyy-MM-ddTHH:mm:sszzz},{string.Join(',', Columns.Select(c => c.Value(record).ToString("0.####", CultureInfo.InvariantCulture)))}");
        }
    }
}
