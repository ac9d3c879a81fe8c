using SmartFarm.Greenhouse.Climate;
using SmartFarm.Greenhouse.Weather;
using SmartFarm.Greenhouse.Weather.Generated;
using Xunit;
using MemoryHouse = SmartFarm.Greenhouse.Climate.House;

namespace SmartFarm.Tests.Greenhouse.Climate;

public sealed class A_house_in_memory_lives_on_by_itself
{
    private static readonly DateTimeOffset Start = new(2026, 7, 15, 6, 0, 0, TimeSpan.FromHours(5));

    [Fact]
    public void A_clone_begins_alike_and_goes_its_own_way()
    {
        var house = NewHouse();
        house.Advance(Start.AddHours(3), default);
        var whatIf = house.Clone();

        house.Advance(Start.AddHours(8), default);
        whatIf.Advance(Start.AddHours(8), new HouseControls { RoofVentLee = 1, RoofVentWind = 1, ShadeScreen = 1 });
        var again = NewHouse();
        again.Advance(Start.AddHours(8), default);

        Assert.Equal(house.State, again.State);
        Assert.Equal(Start.AddHours(8), whatIf.Time);
        Assert.True(whatIf.State.TemperatureC < house.State.TemperatureC - 5);
    }

    [Fact]
    public void Hours_in_one_call_are_the_same_as_ten_seconds_at_a_time()
    {
        var (one, many) = (NewHouse(), NewHouse());

        one.Advance(Start.AddHours(1), default);
        for (var time = Start; time <= Start.AddHours(1); time = time.AddSeconds(10))
        {
            many.Advance(time, default);
        }

        many.Advance(Start, default);
        Assert.Equal(one.State, many.State);
        Assert.Equal(one.Fluxes[HouseFlow.Sun], many.Fluxes[HouseFlow.Sun]);
    }

    private static MemoryHouse NewHouse()
    {
        var model = new HouseModel(HouseParameters.SingleFilm);
        return new MemoryHouse(model, new GeneratedWeather(Place.Turkestan, seed: 1), Start, model.Start(22, 70));
    }
}
