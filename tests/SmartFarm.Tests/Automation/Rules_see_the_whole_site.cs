using SmartFarm.Domain.Quantities;
using SmartFarm.Pipeline.Automation;
using Xunit;

namespace SmartFarm.Tests.Automation;

/// <summary>Red when a value does not reach the rules that look at it, whoever's it is.</summary>
public sealed class Rules_see_the_whole_site
{
    [Theory]
    [InlineData("air_temperature > 30 °C", "climate-1")]
    [InlineData("zone(gh2).air_temperature > 30 °C", "climate-3")]
    [InlineData("device(climate-2).air_temperature > 30 °C", "climate-2")]
    [InlineData("site.wind_speed > 30 m/s", "weather")]
    public async Task Values_of_the_zone_of_another_of_one_device_and_of_the_site(string when, string device)
    {
        await using var farm = await RuleFarm.StartAsync($$"""
            rules:
              - { id: open, zones: [gh1], when: "{{when}}", set: { roof_vent: 60 % } }
            """);
        var quantity = device == "weather" ? Quantities.WindSpeed : Quantities.AirTemperature;

        await farm.MeasureAsync(device, quantity, 29);
        Assert.Equal("nothing", await farm.WantedAsync());

        await farm.MeasureAsync(device, quantity, 31);
        Assert.Equal("60 by open", await farm.WantedAsync());
    }

    [Fact]
    public async Task Where_an_actuator_is_by_the_word_of_its_controller()
    {
        await using var farm = await RuleFarm.StartAsync("""
            rules:
              - { id: shut, zones: [gh1], when: heater is on, set: { roof_vent: 0 % } }
            """);

        farm.Inbox.Post(new ZoneNote.Positioned("t1", "gh1", "heater", 0, 0));
        Assert.Equal("nothing", await farm.WantedAsync());

        farm.Inbox.Post(new ZoneNote.Positioned("t1", "gh1", "heater", 1, long.MaxValue));
        Assert.Equal("0 by shut", await farm.WantedAsync());
    }

    [Fact]
    public async Task A_reading_that_decides_nothing_costs_next_to_nothing_on_the_heap()
    {
        await using var farm = await RuleFarm.StartAsync();
        await farm.MeasureAsync("climate-1", Quantities.AirTemperature, 20);
        await farm.MeasureAsync("climate-1", Quantities.AirTemperature, 20.1);
        var device = farm.Map.Zones[0].Devices[0];
        await Run(0);
        var before = GC.GetAllocatedBytesForCurrentThread();

        await Run(10);

        // Ten readings. A build for debugging makes an object of each asynchronous step; a copied climate would be thousands of bytes.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10 * 64);

        async ValueTask Run(int first)
        {
            for (var i = first; i < first + 10; i++)
            {
                farm.Offer(device, Quantities.AirTemperature, 20 + (i * 0.1));
                await farm.Rules.StepAsync(isTick: false, default);
            }
        }
    }

    [Fact]
    public async Task A_person_is_answered_when_the_word_is_on_disk_and_outlives_a_restart()
    {
        await using var farm = await RuleFarm.StartAsync();
        await farm.AskAsync(new ZoneNote.Overridden("t1", "gh1", "roof_vent", 15, "Aigul", "repair", TimeSpan.FromHours(1)));

        await farm.RestartAsync();

        Assert.Equal("15 by Aigul", await farm.WantedAsync());
        var unknown = await Assert.ThrowsAsync<InvalidOperationException>(() => farm.AskAsync(new ZoneNote.Released("t1", "gh1", "side_vent", "Aigul")));
        Assert.Contains("no such actuator", unknown.Message);
    }
}
