using System.CommandLine;
using SmartFarm.Worker.Settings;

namespace SmartFarm.Worker.Cli;

/// <summary>Which refused messages a command means, and which worker it asks.</summary>
internal sealed class QuarantineOptions
{
    private readonly CommonOptions _common = new();
    private readonly Option<string?> _reason = new("--reason") { Description = "Only this reason, such as unknown_device." };
    private readonly Option<string?> _account = new("--account") { Description = "Only this account: SITE/DEVICE, or unclaimed." };
    private readonly Option<string?> _since = new("--since") { Description = "Only what came since, such as 2026-11-22T08:00:00Z." };

    public QuarantineOptions(Command command)
    {
        foreach (var option in new Option[] { _reason, _account, _since, _common.HttpPort })
        {
            command.Options.Add(option);
        }
    }

    public HttpSettings Http(ParseResult parsed) => _common.Settings(parsed).Http;

    /// <summary>The end of a query: empty, or beginning with an ampersand.</summary>
    public string Query(ParseResult parsed)
    {
        (string Name, Option<string?> Option)[] all = [("reason", _reason), ("account", _account), ("since", _since)];
        return string.Concat(all.Select(o => parsed.GetValue(o.Option) is { } value ? $"&{o.Name}={Uri.EscapeDataString(value)}" : ""));
    }
}
