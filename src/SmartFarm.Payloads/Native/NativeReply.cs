using System.Buffers;
using System.Text.Json;
using SmartFarm.Domain.Commands;
using SmartFarm.Domain.Wire;

namespace SmartFarm.Payloads.Native;

/// <summary>A controller's answer on the wire.</summary>
public static class NativeReply
{
    /// <summary>Writes an answer as a controller publishes it.</summary>
    public static ReadOnlyMemory<byte> Write(CommandReply reply)
    {
        var output = new ArrayBufferWriter<byte>(128);
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("id", reply.Id);
            json.WriteString("status", Name(reply.Status));
            if (reply.Detail is not null)
            {
                json.WriteString("detail", reply.Detail);
            }

            if (reply.Time is { } time)
            {
                NativeText.WriteTime(json, "ts", time);
            }

            json.WriteEndObject();
        }

        return output.WrittenMemory;
    }

    /// <summary>Reads an answer; null with the failure when it is none.</summary>
    public static CommandReply? Read(ReadOnlySpan<byte> payload, out DecodeFailure failure) => NativeText.Read(payload, out failure, static message => new CommandReply(
        message.GetProperty("id").GetGuid(),
        Parse(message.GetProperty("status").GetString()),
        message.TryGetProperty("detail", out var detail) ? detail.GetString() : null,
        NativeText.OptionalTime(message, "ts")));

    private static string Name(ReplyStatus status) => status switch
    {
        ReplyStatus.Accepted => "accepted",
        ReplyStatus.Running => "running",
        ReplyStatus.Succeeded => "succeeded",
        ReplyStatus.Failed => "failed",
        _ => "rejected",
    };

    private static ReplyStatus Parse(string? name) => name switch
    {
        "accepted" => ReplyStatus.Accepted,
        "running" => ReplyStatus.Running,
        "succeeded" => ReplyStatus.Succeeded,
        "failed" => ReplyStatus.Failed,
        "rejected" => ReplyStatus.Rejected,
        _ => throw new FormatException($"'status' is '{name}'; it must be accepted, running, succeeded, failed or rejected."),
    };
}
