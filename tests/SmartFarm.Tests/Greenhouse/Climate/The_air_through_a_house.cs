using SmartFarm.Greenhouse.Climate;
using SmartFarm.Greenhouse.Climate.Processes;
using SmartFarm.Greenhouse.Weather;
using Xunit;

namespace SmartFarm.Tests.Greenhouse.Climate;

/// <summary>Vanthoor's equations by hand, on the Dutch house of his table 8.2.</summary>
public sealed class The_air_through_a_house
{
    private static readonly HouseParameters Dutch = HouseParameters.Glass with { Vents = HouseParameters.Glass.Vents with { WindwardWindPressure = 0.09 } };

    [Theory]
    [InlineData(20, 10, 0)]
    [InlineData(20, 10, 5)]
    [InlineData(15, 15, 3)]
    public void Roof_vents_follow_equation_8_65(double inside, double outside, double wind)
    {
        var mean = ((inside + outside) / 2) + 273.15;
        var expected = 0.5 * 0.1 * 0.75 / 2 * Math.Sqrt((9.81 * 0.68 * Math.Abs(inside - outside) / (2 * mean)) + (0.09 * wind * wind));

        var air = Air(Dutch, inside, outside, wind, new HouseControls { RoofVentLee = 0.5, RoofVentWind = 0.5 });

        Assert.Equal(expected, air.Roof - (0.5e-4 * Math.Max(0.25, wind)), 1e-12);
    }

    [Fact]
    public void Side_vents_alone_follow_equation_8_67_and_an_insect_net_equation_8_70()
    {
        var house = Dutch with { Vents = Dutch.Vents with { SideArea = 0.2, NetPorosity = 0.5 } };

        var air = Air(house, 20, 20, 4, new HouseControls { SideVent = 0.5 });

        Assert.Equal((0.75 * 0.2 * 0.5 * 4 / 2 * Math.Sqrt(0.09) * 0.75) + (0.5e-4 * 4), air.Side, 1e-12);
    }

    [Fact]
    public void Side_and_roof_vents_without_wind_make_the_chimney_of_equation_8_66()
    {
        var house = Dutch with { Vents = Dutch.Vents with { RoofArea = 0.2, SideArea = 0.1, ChimneyHeight = 3, RoofHeight = 0 } };
        var area = 0.2 * 0.1 / Math.Sqrt((0.2 * 0.2) + (0.1 * 0.1));

        var air = Air(house, 30, 20, 0, new HouseControls { RoofVentLee = 1, RoofVentWind = 1, SideVent = 1 });
        var screened = Air(house, 30, 20, 0, new HouseControls { RoofVentLee = 1, RoofVentWind = 1, SideVent = 1, EnergyScreen = 1 });

        Assert.Equal(0.75 * area * Math.Sqrt(2 * 9.81 * 3 * 10 / 298.15), air.Roof + air.Side - (1e-4 * 0.25), 1e-12);
        Assert.Equal(1e-4 * 0.25, screened.Roof + screened.Side, 1e-12);
    }

    [Fact]
    public void A_closed_house_breathes_through_its_gaps_by_equation_8_71()
    {
        Assert.Equal(1e-4 * 0.25, Exchange(wind: 0), 1e-15);
        Assert.Equal(1e-4 * 6, Exchange(wind: 6), 1e-15);

        static double Exchange(double wind)
        {
            var air = Air(Dutch, 20, 0, wind, default);
            return air.Roof + air.Side;
        }
    }

    [Fact]
    public void A_drawn_screen_lets_little_air_past_and_a_small_gap_undoes_it()
    {
        var closed = Air(Dutch, 20, 0, 3, new HouseControls { EnergyScreen = 1 }, top: 5).PastScreen;
        var gap = Air(Dutch, 20, 0, 3, new HouseControls { EnergyScreen = 0.95 }, top: 5).PastScreen;

        Assert.Equal(0.05e-3 * Math.Pow(15, 2.0 / 3), closed, 1e-12);
        Assert.True(gap > 10 * closed, $"{gap} {closed}");
    }

    private static Ventilation Air(HouseParameters house, double inside, double outside, double wind, HouseControls controls, double? top = null)
    {
        var state = HouseState.Of(inside, 60) with { TopTemperatureC = top ?? inside };
        var weather = new Outside(outside, 60, 0, wind, 0, 0, 1013, 420);
        return Ventilation.Of(new Moment(new Fabric(house), state, weather, controls));
    }
}
