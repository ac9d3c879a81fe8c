using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using SmartFarm.Console.Live;

namespace SmartFarm.Console.Api;

/// <summary>How the API writes JSON: snake_case, times in UTC, letters of any language as they are, <c>&lt; &gt; &amp;</c> escaped.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ZonesDto))]
[JsonSerializable(typeof(ActuatorsDto))]
[JsonSerializable(typeof(CommandsDto))]
[JsonSerializable(typeof(ReadingsDto))]
[JsonSerializable(typeof(LedgerDto))]
[JsonSerializable(typeof(QuarantineDto))]
[JsonSerializable(typeof(ReplayDto))]
[JsonSerializable(typeof(ExplanationDto))]
[JsonSerializable(typeof(RuleSetsDto))]
[JsonSerializable(typeof(PublishDto))]
[JsonSerializable(typeof(PublishedDto))]
[JsonSerializable(typeof(ShadowDto))]
[JsonSerializable(typeof(AlarmsDto))]
[JsonSerializable(typeof(AcknowledgeRequest))]
[JsonSerializable(typeof(OverridesDto))]
[JsonSerializable(typeof(OverrideRequest))]
[JsonSerializable(typeof(StopsDto))]
[JsonSerializable(typeof(StopRequest))]
[JsonSerializable(typeof(PictureDto))]
[JsonSerializable(typeof(LiveTimeDto))]
[JsonSerializable(typeof(TroubleDto))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    public static readonly ApiJson Context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        Converters = { new UtcTimeConverter() },
    });
}

/// <summary>RFC 3339 in UTC with milliseconds: one spelling for every time.</summary>
internal sealed class UtcTimeConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'"));
}
