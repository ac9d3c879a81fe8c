using Microsoft.Extensions.Logging.Abstractions;
using SmartFarm.Domain.Farms;
using SmartFarm.Mqtt;
using SmartFarm.Simulator;
using SmartFarm.Simulator.Cli;
using SmartFarm.Simulator.Faults;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Simulator;

public sealed class A_line_typed_by_hand_is_carried_out
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    private static readonly Farm MadeUp = SmallFarm.MadeUp(TimeSpan.FromSeconds(10));

    [Theory]
    [InlineData("climate-1 air_temperature=31.5 co2=-", null)]
    [InlineData("ctrl-1 manual", null)]
    [InlineData("ctrl-1", "type 'DEVICE quantity=value ...', 'CONTROLLER remote|local|manual', or 'quit'")]
    [InlineData("climate-2 co2=4", "there is no node 'climate-2'; type 'DEVICE quantity=value ...', 'CONTROLLER remote|local|manual', or 'quit'")]
    [InlineData("climate-1 co=4", "'co' is no quantity; did you mean 'co2'?")]
    [InlineData("climate-1 co2=much", "'much' is no number; write co2=20 in ppm, or co2=- for no value")]
    [InlineData("climate-1 co2", "'' is no number; write co2=20 in ppm, or co2=- for no value")]
    [InlineData("ctrl-1 7", "'7' is no mode; choose remote, local or manual")]
    public async Task Or_answered_with_what_is_wrong(string line, string? answer)
    {
        var connection = new MqttSessionOptions { Host = "127.0.0.1", Port = 1, ClientId = "hand" };
        await using var simulated = new SimulatedFarm(MadeUp, connection, new SimulationOptions(), new TestTimeProvider(), NullLoggerFactory.Instance);

        Assert.Equal(answer, HandLine.Run(line, MadeUp, simulated));
    }

    [Fact]
    public void A_few_nodes_of_a_farm_are_a_farm()
    {
        var only = SmallFarm.Only(MadeUp, ["ctrl-1"]);

        Assert.Empty(only.Sites[0].Zones[0].Devices);
        Assert.Equal("ctrl-1", only.Sites[0].Zones[0].Controllers.Single().Id);
        Assert.Equal("--node is 'ctl-1', which is not there; did you mean 'ctrl-1'?", Assert.Throws<SimulatorException>(() => SmallFarm.Only(MadeUp, ["ctl-1"])).Message);
    }

    [Fact]
    public void A_fault_on_the_command_line_is_read_whole()
    {
        var fault = FaultText.Parse("bias device=climate-1 quantity=co2 from=30s for=10min by=-3 seed=7", MadeUp, Start);

        Assert.Equal(("bias", "hand", "climate-1", "co2", 7), (fault.Kind, fault.Site, fault.Device, fault.Quantity, fault.Seed));
        Assert.Equal(new FaultWindow(Start.AddSeconds(30), Start.AddSeconds(630)), fault.Window);
        Assert.Equal([new("by", "-3")], fault.Parameters);
        Assert.Equal(new FaultWindow(Start, null), FaultText.Parse("reversed controller=ctrl-1 actuator=roof_vent", MadeUp, Start).Window);
        Assert.Equal("house-1", FaultText.Parse("boiler_trip zone=house-1", MadeUp, Start).Zone);
    }

    [Theory]
    [InlineData("")]
    [InlineData("stuck device")]
    [InlineData("stuck device=climate-1 from=soon")]
    [InlineData("stuck device=climate-1 seed=x")]
    public void A_fault_that_cannot_be_read_is_refused(string text) => Assert.Throws<SimulatorException>(() => FaultText.Parse(text, MadeUp, Start));
}
