using System.Text.Json;
using System.Text.Json.Serialization;

namespace SmartFarm.Pipeline.Alarms;

/// <summary>The saved form of the alarms.</summary>
internal static partial class AlarmFile
{
    public static byte[] Write(IReadOnlyList<AlarmEntry> entries) => JsonSerializer.SerializeToUtf8Bytes([.. entries], Json.Default.AlarmEntryArray);

    /// <exception cref="InvalidDataException">The bytes are no saved alarms.</exception>
    public static IReadOnlyList<AlarmEntry> Read(ReadOnlySpan<byte> saved)
    {
        try
        {
            var entries = JsonSerializer.Deserialize(saved, Json.Default.AlarmEntryArray);
            return entries is not null && entries.All(e => e is { Key: { Site: not null, Zone: not null, Code: not null, Subject: not null }, Severity: not null, Text: not null })
                ? entries
                : throw new InvalidDataException("The kept alarms have gaps.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"The kept alarms cannot be read ({e.Message}).", e);
        }
    }

    [JsonSourceGenerationOptions(IgnoreReadOnlyProperties = true)]
    [JsonSerializable(typeof(AlarmEntry[]))]
    private sealed partial class Json : JsonSerializerContext;
}
