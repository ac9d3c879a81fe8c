using SmartFarm.Configuration.Farms;
using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Configuration;

public sealed class Farm_folder_tests
{
    [Fact]
    public void The_shipped_farm_loads()
    {
        var result = FarmLoader.Load(Repository.PathOf("farm"));

        Assert.Empty(result.Errors);
        var site = Assert.Single(result.Farm!.Sites);
        Assert.Equal(207, site.AltitudeM);
        Assert.Equal("Asia/Almaty", site.TimeZone);
        var vent = site.Zones[0].Controllers[0].Actuators[0];
        Assert.Equal((0, 100, 0, 2, Units.Percent, TimeSpan.FromMinutes(3)), (vent.Min, vent.Max, vent.Safe, vent.MinMove, vent.Unit, vent.Travel));
        var heater = site.Zones[0].Controllers[0].Actuators[1];
        Assert.Equal((TimeSpan.FromMinutes(3), TimeSpan.FromHours(6)), (heater.MinOn, heater.MaxOn));
    }

    [Fact]
    public void What_is_left_out_has_the_stated_default()
    {
        var site = FarmLoader.Parse("""
            sites:
              - id: s
                zones:
                  - id: z
                    devices: [{ id: d }]
                    controllers: [{ id: c, actuators: [{ id: v, kind: position }, { id: h, kind: switch }] }]
            """).Farm!.Sites[0];

        Assert.Equal(("s", "UTC", null), (site.Name, site.TimeZone, site.Latitude));
        var device = site.Zones[0].Devices[0];
        Assert.Equal(("d", "native", TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(180)), (device.Address, device.Format, device.Interval, device.StaleAfter));
        Assert.Empty(device.Quantities);
        var vent = site.Zones[0].Controllers[0].Actuators[0];
        Assert.Equal((0, 100, 0, 2, Units.Percent), (vent.Min, vent.Max, vent.Safe, vent.MinMove, vent.Unit));
        var heater = site.Zones[0].Controllers[0].Actuators[1];
        Assert.Equal((0, 1, 0, null, null), (heater.Min, heater.Max, heater.Safe, heater.Unit, heater.MaxOn));
    }

    [Fact]
    public void Actuators_that_share_something_and_controllers_that_sleep_are_read()
    {
        var site = FarmLoader.Parse("""
            sites:
              - id: s
                zones:
                  - id: z
                    controllers:
                      - { id: c, class: A, uplink: 10 min, actuators: [{ id: v, kind: position }, { id: h, kind: switch }] }
                      - { id: d, class: A, actuators: [{ id: w, kind: switch }] }
                      - { id: e, actuators: [{ id: x, kind: switch }] }
                groups:
                  - { id: fuse, actuators: [z/h, z/w] }
                  - { id: pump, loads: { z/h: 2.4 m3/h, z/w: 30 L/min }, capacity: 60 L/min }
            """).Farm!.Sites[0];

        Assert.Equal([TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(20), null], site.Zones[0].Controllers.Select(c => c.Uplink));
        Assert.Equal(("fuse", 1, ""), (site.Groups[0].Id, site.Groups[0].Capacity, site.Groups[0].Unit));
        Assert.Equal([new GroupMember("z", "h", 1), new GroupMember("z", "w", 1)], site.Groups[0].Members);
        Assert.Equal((60, "L/min"), (site.Groups[1].Capacity, site.Groups[1].Unit));
        Assert.Equal([40, 30], site.Groups[1].Members.Select(m => Math.Round(m.Load, 6)));
    }

    [Fact]
    public void A_missing_folder_and_a_missing_file_are_one_clear_error_each()
    {
        using var folder = new TempFolder();

        Assert.Contains("no such farm folder", Assert.Single(FarmLoader.Load(folder.File("nowhere")).Errors).ToString());
        Assert.StartsWith("farm.yaml: There is no such file", Assert.Single(FarmLoader.Load(folder.Path).Errors).ToString());
    }

    [Fact]
    public void A_file_over_the_limit_is_refused_unread()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("farm.yaml"), new string('#', (8 << 20) + 1));

        Assert.Contains("8388609 bytes", Assert.Single(FarmLoader.Load(folder.Path).Errors).Message);
    }

    [Fact]
    public void A_file_that_is_not_utf8_is_refused()
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder.File("farm.yaml"), [0x66, 0x3A, 0x20, 0xFF]);

        Assert.Contains("not UTF-8 at byte 3", Assert.Single(FarmLoader.Load(folder.Path).Errors).Message);
    }

    [Fact]
    public void Past_the_limit_errors_are_counted_only()
    {
        var result = FarmLoader.Parse("sites: [{ id: s }]\n" + string.Join('\n', Enumerable.Range(0, 300).Select(i => $"key{i}: 1")));

        Assert.Equal(201, result.Errors.Count);
        Assert.Contains("100 more errors", result.Errors[^1].Message);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{")]
    [InlineData("- ")]
    [InlineData("a: ")]
    public void Deep_nesting_is_refused_without_harm(string opener)
    {
        var text = string.Concat(Enumerable.Repeat(opener, 100_000));

        Assert.False(FarmLoader.Parse(text).IsValid);
    }

    [Fact]
    public void The_farm_is_immutable()
    {
        var farm = FarmLoader.Load(Repository.PathOf("farm")).Farm!;

        Assert.Throws<NotSupportedException>(() => ((IList<SmartFarm.Domain.Farms.Zone>)farm.Sites[0].Zones).Clear());
        Assert.Throws<NotSupportedException>(() => ((IList<Quantity>)farm.Sites[0].Devices[0].Quantities).Clear());
    }
}
