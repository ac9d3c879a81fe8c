namespace SmartFarm.Payloads.Native;

/// <summary>Reads RFC 3339 times in UTC with whole seconds or milliseconds: <c>2026-11-22T08:00:00Z</c>, <c>2026-11-22T08:00:00.250Z</c>.</summary>
internal static class PlainTime
{
    /// <summary>Reads a time as Unix ms; false when it is none or not plain.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out long timeMs)
    {
        timeMs = 0;
        var hasMs = text.Length == "2026-11-22T08:00:00.250Z".Length;
        if ((!hasMs && text.Length != "2026-11-22T08:00:00Z".Length) || text[^1] != 'Z' || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':')
        {
            return false;
        }

        var ms = 0;
        if (hasMs && (text[19] != '.' || !TryNumber(text.Slice(20, 3), out ms)))
        {
            return false;
        }

        if (!TryNumber(text[..4], out var year) || !TryNumber(text.Slice(5, 2), out var month) || !TryNumber(text.Slice(8, 2), out var day)
            || !TryNumber(text.Slice(11, 2), out var hour) || !TryNumber(text.Slice(14, 2), out var minute) || !TryNumber(text.Slice(17, 2), out var second)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        var time = new DateTime(year, month, day, hour, minute, second, ms, DateTimeKind.Utc);
        timeMs = (time - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond;
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<byte> digits, out int value)
    {
        value = 0;
        foreach (var digit in digits)
        {
            if ((uint)(digit - '0') > 9)
            {
                return false;
            }

            value = (value * 10) + (digit - '0');
        }

        return true;
    }
}
