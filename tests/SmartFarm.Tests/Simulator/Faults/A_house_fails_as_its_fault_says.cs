using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;
using SmartFarm.Greenhouse.Climate;
using SmartFarm.Simulator;
using SmartFarm.Simulator.Faults;
using SmartFarm.Simulator.Faults.Houses;
using Xunit;

namespace SmartFarm.Tests.Simulator.Faults;

public sealed class A_house_fails_as_its_fault_says
{
    private static readonly DateTimeOffset Start = new(2026, 1, 15, 8, 0, 0, TimeSpan.Zero);

    private static readonly HouseControls Full = new()
    {
        RoofVentLee = 1, RoofVentWind = 1, SideVent = 0.1, EnergyScreen = 1, ShadeScreen = 1, Heating = 1, Fog = 1, PadFan = 1, Co2 = 1, Lamps = 1, Irrigation = 1, CirculationFan = 1,
    };

    private static readonly Device Climate = new("climate", "climate", "native", TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), [Quantities.AirTemperature]);

    private static readonly Controller Ctrl = new("ctrl", "ctrl", "native",
        [new Actuator("vent", ActuatorKind.Position, Units.Percent, 0, 100, 0, 2, TimeSpan.FromSeconds(180), default, default, null)]);

    private static readonly Site Place = new("s", "s", null, null, null, "UTC", [], [new Zone("z", "z", null, null, [Climate], [Ctrl])]);

    private static readonly Farm TestFarm = new("f", [Place]);

    public static TheoryData<string, HouseControls> What => new()
    {
        { "boiler_trip", Full with { Heating = 0 } },
        { "fogger_failure", Full with { Fog = 0 } },
        { "tank_empty", Full with { Irrigation = 0, Fog = 0, PadFan = 0, MainsCut = 1 } },
        { "mains_cut", Full with { MainsCut = 1 } },
        { "co2_empty", Full with { Co2 = 0 } },
        { "lamp_failure", Full with { Lamps = 0 } },
        { "fan_failure", Full with { PadFan = 0, CirculationFan = 0 } },
        { "grid_failure", Full with { Heating = 0, Fog = 0, PadFan = 0, Co2 = 0, Lamps = 0, Irrigation = 0, CirculationFan = 0 } },
        { "torn_cover", Full with { SideVent = 0.3 } },
    };

    [Theory]
    [MemberData(nameof(What))]
    public void The_actuators_act_and_this_is_what_reaches_the_house(string kind, HouseControls left)
    {
        var faults = Book(Fault(kind)).Of(Place, Place.Zones[0]);

        Assert.Equal(Full, HouseFault.At(faults, Full, Start.AddMinutes(-1)));
        Assert.Equal(left, HouseFault.At(faults, Full, Start));
        Assert.Equal(Full, HouseFault.At(faults, Full, Start.AddHours(1)));
    }

    [Fact]
    public void Every_house_fault_is_in_the_table_of_this_test() =>
        Assert.Equal(FaultKinds.All.Where(kind => kind.Places == FaultPlace.House).Select(kind => kind.Name), What.Select(row => row.Data.Item1));

    [Theory]
    [InlineData("boiler_trip", null, "house-9", "The fault 'boiler_trip' befalls the zone 'house-9', which is not there; known are z.")]
    [InlineData("bias", "climat", null, "The fault 'bias' befalls the device 'climat', which is not there; did you mean 'climate'?")]
    [InlineData("boiler_trip", "climate", null, "There is no fault 'boiler_trip' of a device; known are")]
    public void A_fault_of_a_place_that_is_not_there_is_refused(string kind, string? device, string? zone, string sentence)
    {
        var e = Assert.Throws<SimulatorException>(() => Book(Fault(kind) with { Device = device, Zone = zone }));

        Assert.StartsWith(sentence, e.Message);
    }

    [Fact]
    public void Quantities_actuators_and_sites_are_looked_up_too()
    {
        var sensor = Fault("bias") with { Zone = null, Device = "climate" };
        var actuator = Fault("stuck") with { Zone = null, Controller = "ctrl" };

        Assert.Contains("quantity 'co2'", Assert.Throws<SimulatorException>(() => Book(sensor with { Quantity = "co2" })).Message);
        Assert.Contains("did you mean 'vent'?", Assert.Throws<SimulatorException>(() => Book(actuator with { Actuator = "vemt" })).Message);
        Assert.Contains("site 'q'", Assert.Throws<SimulatorException>(() => Book(actuator with { Site = "q" })).Message);
        Assert.NotNull(Book(sensor with { Quantity = "air_temperature" }, actuator with { Actuator = "vent" }));
    }

    private static FaultSpec Fault(string kind) => new() { Kind = kind, Site = "s", Zone = "z", Window = new FaultWindow(Start, Start.AddHours(1)) };

    private static FaultBook Book(params FaultSpec[] specs) => new(specs, TestFarm, seed: 1);
}
