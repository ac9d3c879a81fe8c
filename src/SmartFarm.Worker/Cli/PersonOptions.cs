using System.CommandLine;
using SmartFarm.Worker.Settings;

namespace SmartFarm.Worker.Cli;

/// <summary>Who does it, and which worker is told.</summary>
internal sealed class PersonOptions
{
    private readonly CommonOptions _options = new();
    private readonly Option<string?> _by = new("--by") { Description = "Who does it (default: the user of this computer)." };

    public PersonOptions(Command command)
    {
        command.Options.Add(_options.HttpPort);
        command.Options.Add(_by);
    }

    /// <exception cref="SettingsException">A setting is wrong.</exception>
    public HttpSettings Http(ParseResult parsed) => _options.Settings(parsed).Http;

    public string By(ParseResult parsed) => parsed.GetValue(_by) is { Length: > 0 } by ? by : Environment.UserName;

    /// <summary>A pair of a query with its separator; empty when there is no value.</summary>
    public static string Pair(string name, string? value) => value is null ? "" : $"{name}={Uri.EscapeDataString(value)}&";
}
