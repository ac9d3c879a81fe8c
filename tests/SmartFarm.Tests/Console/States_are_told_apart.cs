using SmartFarm.Console.Api;
using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;
using SmartFarm.Domain.Wire;
using SmartFarm.Pipeline.State;
using Xunit;

namespace SmartFarm.Tests.Console;

public sealed class States_are_told_apart
{
    private static readonly DeviceView Heard = new("a", 1, true, null);
    private static readonly DeviceView Silent = new("b", 1, false, null);
    private static readonly DeviceView Offline = new("c", 1, true, false);
    private static readonly DeviceView Never = new("d", null, false, null);
    private static readonly ValueView Fresh = new(Quantities.Co2, 800, 1, true);
    private static readonly ValueView Old = new(Quantities.Vpd, 1, 1, false);

    public static TheoryData<string, ValueView[], DeviceView[]> Zones => new()
    {
        { "good", [Fresh], [Heard] },
        { "partial", [Fresh, Old], [Heard] },
        { "partial", [Fresh], [Heard, Silent] },
        { "partial", [Fresh], [Heard, Offline] },
        { "stale", [Old], [Silent] },
        { "stale", [], [Silent, Never] },
        { "waiting", [], [Never] },
        { "no_sensors", [], [] },
    };

    [Theory]
    [MemberData(nameof(Zones))]
    public void Of_zones(string expected, ValueView[] values, DeviceView[] devices) =>
        Assert.Equal(expected, Codes.Of(ZoneDto.StatusOf(new ZoneView("s", "z", "Z", null, values, 1, devices, []))));

    [Theory]
    [InlineData("not_reported", 60.0, null, "remote", true)]
    [InlineData("not_remote", 60.0, 10.0, "manual", true)]
    [InlineData("not_remote", 60.0, 60.0, "local", false)]
    [InlineData("idle", null, 10.0, "remote", false)]
    [InlineData("in_place", 60.0, 58.5, "remote", true)]
    [InlineData("in_place", 60.0, 60.0, null, false)]
    [InlineData("moving", 60.0, 57.5, "remote", true)]
    [InlineData("off_target", 60.0, 57.5, "remote", false)]
    public void Of_actuators(string expected, double? target, double? reported, string? mode, bool hasOpenCommand)
    {
        var actuator = new ActuatorView("vent", ActuatorKind.Position, "%", target, reported, mode, 1, "");
        Assert.Equal(expected, Codes.Of(ActuatorDto.StateOf(actuator, hasOpenCommand)));
    }

    [Fact]
    public void Every_reason_has_a_code_that_reads_back()
    {
        Assert.All(Enum.GetValues<RejectReason>(), reason => Assert.Equal(reason, Codes.Parse<RejectReason>("reason", Codes.Of(reason))));
        Assert.Equal("bad_utf8", Codes.Of(RejectReason.BadUtf8));
    }
}
