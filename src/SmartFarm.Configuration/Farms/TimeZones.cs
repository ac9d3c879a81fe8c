using SmartFarm.Configuration.Values;
using SmartFarm.Configuration.Yaml;

namespace SmartFarm.Configuration.Farms;

/// <summary>IANA time zones, by the time zone data of the computer.</summary>
internal static class TimeZones
{
    public static string Read(YamlNode node)
    {
        var scalar = node.AsScalar();
        if (scalar is null)
        {
            return "UTC";
        }

        if (TimeZoneInfo.TryFindSystemTimeZoneById(scalar.Text, out _))
        {
            return scalar.Text;
        }

        var known = TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).ToArray();
        scalar.Report(known.Length <= 1
            ? "This computer has no time zone data; install the package tzdata."
            : Suggestion.Nearest(scalar.Text, known) is { } nearest
                ? $"The time zone '{scalar.Text}' is not known; did you mean '{nearest}'?"
                : $"The time zone '{scalar.Text}' is not known; use an IANA name such as Asia/Almaty.");
        return "UTC";
    }
}
