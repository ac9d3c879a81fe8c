using System.Text;
using SmartFarm.Domain.Commands;
using SmartFarm.Domain.Wire;
using SmartFarm.Payloads.Native;
using Xunit;

namespace SmartFarm.Tests.Payloads;

public sealed class Native_commands_replies_and_states_are_read_back
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid Id = Guid.Parse("019aab00-0000-7000-8000-000000000001");

    [Fact]
    public void A_command_is_the_contract_to_the_letter()
    {
        var command = new Command(Id, "roof_vent", 40, "%", TimeSpan.FromMinutes(10), 12, Noon, Noon.AddMinutes(1), "rule vent-on-heat@7");

        var bytes = NativeCommand.Write(command);

        Assert.Equal(
            """{"id":"019aab00-0000-7000-8000-000000000001","actuator":"roof_vent","target":40,"unit":"%","duration":"PT10M","seq":12,"issued":"2026-11-22T12:00:00.000Z","expires":"2026-11-22T12:01:00.000Z","reason":"rule vent-on-heat@7"}""",
            Encoding.UTF8.GetString(bytes.Span));
        Assert.Equal(command, NativeCommand.Read(bytes.Span, out _));
    }

    [Theory]
    [InlineData("""{"id":"019aab00-0000-7000-8000-000000000001","actuator":"v","target":1,"seq":1,"issued":"2026-11-22T12:00:00Z"}""", RejectReason.BadShape)]
    [InlineData("""{"id":"x","actuator":"v","target":1,"seq":1,"issued":"2026-11-22T12:00:00Z","expires":"2026-11-22T12:00:00Z"}""", RejectReason.BadShape)]
    [InlineData("""{"id":"019aab00-0000-7000-8000-000000000001","actuator":"v","target":1e999,"seq":1,"issued":"2026-11-22T12:00:00Z","expires":"2026-11-22T12:00:00Z"}""", RejectReason.BadShape)]
    [InlineData("[]", RejectReason.BadShape)]
    [InlineData("{", RejectReason.BadJson)]
    public void What_is_no_command_is_told(string payload, RejectReason reason)
    {
        Assert.Null(NativeCommand.Read(Encoding.UTF8.GetBytes(payload), out var failure));
        Assert.Equal(reason, failure.Reason);
    }

    [Theory]
    [InlineData(ReplyStatus.Accepted)]
    [InlineData(ReplyStatus.Running)]
    [InlineData(ReplyStatus.Succeeded)]
    [InlineData(ReplyStatus.Failed)]
    [InlineData(ReplyStatus.Rejected)]
    public void A_reply_is_read_back(ReplyStatus status)
    {
        var reply = new CommandReply(Id, status, "because", Noon);
        Assert.Equal(reply, NativeReply.Read(NativeReply.Write(reply).Span, out _));
    }

    [Fact]
    public void A_reply_written_by_hand_needs_only_id_and_status() =>
        Assert.Equal(new CommandReply(Id, ReplyStatus.Succeeded, null, null), NativeReply.Read("""{"id":"019aab00-0000-7000-8000-000000000001","status":"succeeded"}"""u8, out _));

    [Theory]
    [InlineData("""{"id":"019aab00-0000-7000-8000-000000000001","status":"maybe"}""", RejectReason.BadShape)]
    [InlineData("""{"status":"accepted"}""", RejectReason.BadShape)]
    [InlineData("""{"id":7,"status":"accepted"}""", RejectReason.BadType)]
    [InlineData("""{"id":"019aab00-0000-7000-8000-000000000001","status":"accepted","ts":9e99}""", RejectReason.BadShape)]
    public void What_is_no_reply_is_told(string payload, RejectReason reason)
    {
        Assert.Null(NativeReply.Read(Encoding.UTF8.GetBytes(payload), out var failure));
        Assert.Equal(reason, failure.Reason);
    }

    [Fact]
    public void A_state_is_read_back()
    {
        var state = new ControllerState(Noon, ControlMode.Local, new Dictionary<string, double> { ["roof_vent"] = 40, ["heater"] = 0 });

        var read = NativeState.Read(NativeState.Write(state).Span, out _)!;

        Assert.Equal((state.Time, state.Mode), (read.Time, read.Mode));
        Assert.Equal(state.Positions, read.Positions);
    }

    [Fact]
    public void A_state_may_say_true_for_on() =>
        Assert.Equal(1, NativeState.Read("""{"heater":true}"""u8, out _)!.Positions["heater"]);

    [Fact]
    public void A_state_whose_position_is_text_is_refused()
    {
        Assert.Null(NativeState.Read("""{"roof_vent":"open"}"""u8, out var failure));
        Assert.Equal(RejectReason.BadShape, failure.Reason);
    }
}
