using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using SmartFarm.Domain.Wire;
using SmartFarm.Pipeline.Quarantine;

namespace SmartFarm.Console.Api;

/// <summary>The newest entries, and how many are kept altogether.</summary>
internal sealed record QuarantineDto(long Count, IReadOnlyDictionary<string, long> CountByReason, IReadOnlyList<RefusedDto> Entries);

/// <summary>A refused message: size is of the whole payload in bytes, truncated says that only its beginning was kept.</summary>
internal sealed record RefusedDto(
    long Id, DateTimeOffset Time, string Account, string Reason, string Detail, BytesDto Topic, BytesDto Payload, long Size, bool Truncated)
{
    public static RefusedDto Of(QuarantineEntry entry) => new(
        entry.Id,
        DateTimeOffset.FromUnixTimeMilliseconds(entry.ReceivedMs),
        entry.Account,
        Codes.Of(entry.Reason),
        entry.Detail,
        BytesDto.Of(entry.Topic.Span),
        BytesDto.Of(entry.Payload.Span),
        entry.Size,
        entry.Size > entry.Payload.Length);
}

/// <summary>Bytes of a stranger: as text when they are UTF-8, in base64 otherwise. Exactly one of the two is given.</summary>
internal sealed record BytesDto(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Text,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Base64)
{
    public static BytesDto Of(ReadOnlySpan<byte> bytes) =>
        Utf8.IsValid(bytes) ? new(Encoding.UTF8.GetString(bytes), null) : new(null, Convert.ToBase64String(bytes));
}

/// <summary>The refused messages: <c>/api/quarantine?limit=&amp;reason=&amp;account=&amp;since=&amp;id=</c>.</summary>
internal static class QuarantineApi
{
    public static async Task<JsonHttpResult<QuarantineDto>> ListAsync(
        IQuarantine quarantine, string? limit, string? reason, string? account, string? since, string? id, CancellationToken cancellationToken)
    {
        var most = Query.Limit(limit, 20, 100);
        var filter = Filter(reason, account, since, id);
        var counts = await quarantine.CountAsync(cancellationToken);
        var entries = await quarantine.ListAsync(filter, most, cancellationToken);
        var byReason = counts.OrderBy(pair => pair.Key).ToDictionary(pair => Codes.Of(pair.Key), pair => pair.Value, StringComparer.Ordinal);
        return TypedResults.Json(new QuarantineDto(counts.Values.Sum(), byReason, [.. entries.Select(RefusedDto.Of)]), ApiJson.Context.QuarantineDto);
    }

    /// <exception cref="BadQueryException">A parameter cannot be read.</exception>
    public static QuarantineFilter Filter(string? reason, string? account, string? since, string? id)
    {
        var filter = new QuarantineFilter
        {
            Reason = reason is null ? null : Codes.Parse<RejectReason>("reason", reason),
            Account = account,
            SinceMs = Query.Time("since", since)?.ToUnixTimeMilliseconds(),
        };
        return id is null ? filter
            : long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? filter with { AfterId = number - 1, UpToId = number }
            : throw new BadQueryException("'id' must be the number of an entry.");
    }
}
