using SmartFarm.Greenhouse.Climate;
using SmartFarm.Greenhouse.Climate.Processes;
using SmartFarm.Greenhouse.Weather;
using Xunit;

namespace SmartFarm.Tests.Greenhouse.Climate;

public sealed class Covers_lose_what_they_are_known_to_lose
{
    /// <summary>Known: a single cover 6 to 7 W m⁻² K⁻¹, double film about 4, three layers or a quilt 2 to 3. A clear night, 4 m/s of wind, without the air through the gaps.</summary>
    [Theory]
    [InlineData("glass", 0, 5.8, 7.2)]
    [InlineData("glass", 1, 2.8, 4.3)]
    [InlineData("single", 0, 5.8, 7.4)]
    [InlineData("double", 0, 3.6, 4.6)]
    [InlineData("triple", 0, 2.4, 3.4)]
    [InlineData("korean", 1, 1.4, 2.6)]
    public void On_a_winter_night(string name, double screen, double least, double most)
    {
        var house = name switch
        {
            "glass" => HouseParameters.Glass,
            "single" => HouseParameters.SingleFilm,
            "double" => HouseParameters.DoubleFilm,
            "triple" => HouseParameters.TripleFilm,
            _ => HouseParameters.ThreeLayerKorean,
        };
        var model = new HouseModel(house);
        var outside = new Outside(-10, 70, 0, 4, 0, 0, 1013, 420) { SkyTemperatureC = -20, GroundTemperatureC = 12 };
        var state = HouseState.Of(15, 70);
        HouseFluxes f = default;
        for (var minute = 0; minute < 24 * 60; minute++)
        {
            model.Step(ref state, outside, new HouseControls { Heating = 0.6, EnergyScreen = screen }, 60, out f);
        }

        var lost = f[HouseFlow.CoverToOutside] + f[HouseFlow.CoverToSky] + f[HouseFlow.CanopyToSky] + f[HouseFlow.FloorToSky] + f[HouseFlow.PipeToSky] + f[HouseFlow.ScreenToSky];
        Assert.InRange(lost / (state.TemperatureC + 10), least, most);
    }

    [Fact]
    public void Light_through_layers_is_that_of_Vanthoor_and_nothing_gets_lost()
    {
        var layer = new Layer(0.8, 0.15);

        var two = layer.Over(layer);

        // Eq. 8.14 and 8.15 by hand: 0.64 / (1 − 0.0225), 0.15 + 0.64 · 0.15 / (1 − 0.0225).
        Assert.Equal(0.65473, two.Transmission, 1e-5);
        Assert.Equal(0.24821, two.Reflection, 1e-5);
        Assert.Equal(1, two.Transmission + two.Reflection + two.Absorption, 1e-15);
        Assert.Equal(new Layer(1, 0), layer.Drawn(0));
        Assert.Equal(layer, layer.Drawn(1));
    }
}
