using SmartFarm.Configuration.Values;

namespace SmartFarm.Worker.Settings;

/// <summary>Reads and checks the settings.</summary>
internal static class SettingsReader
{
    // One batch, with all the refused messages it may hold, must fit beside what waits.
    private const long LeastSpool = 256L << 20;
    private const long MostBytes = 1L << 50;

    /// <summary>Binds, reads secret files, and checks.</summary>
    /// <exception cref="SettingsException">Something is wrong; every fault is named.</exception>
    public static SmartFarmSettings Read(IConfiguration configuration)
    {
        var settings = new SmartFarmSettings();
        try
        {
            configuration.GetSection(SmartFarmSettings.Section).Bind(settings, o => o.ErrorOnUnknownConfiguration = true);
        }
        catch (InvalidOperationException e)
        {
            throw new SettingsException(Sentence(e.Message), e);
        }

        settings.Mqtt.Password = Secret(settings.Mqtt.Password, settings.Mqtt.PasswordFile, "SmartFarm__Mqtt__PasswordFile");
        settings.Influx.Token = Secret(settings.Influx.Token, settings.Influx.TokenFile, "SmartFarm__Influx__TokenFile");
        settings.Influx.Password = Secret(settings.Influx.Password, settings.Influx.PasswordFile, "SmartFarm__Influx__PasswordFile");
        var faults = Faults(settings).ToArray();
        return faults.Length == 0 ? settings : throw new SettingsException(string.Join(Environment.NewLine, faults));
    }

    /// <summary>The binder names what it does not know after its last colon, behind words that only a programmer understands.</summary>
    private static string Sentence(string fault)
    {
        if (!fault.Contains("were not found", StringComparison.Ordinal))
        {
            return $"A setting cannot be read: {fault}";
        }

        var word = fault[(fault.LastIndexOf(':') + 1)..].Trim();
        var near = Suggestion.Nearest(word.Trim('\''), SettingNames.Words) is { } name ? $"did you mean '{name}'? " : "";
        return $"There is no setting {word} where it stands under {SmartFarmSettings.Section}; {near}docs/settings.md lists all.";
    }

    private static string? Secret(string? plain, string? file, string name)
    {
        if (string.IsNullOrEmpty(file))
        {
            return plain;
        }

        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{name}: the file '{file}' cannot be read: {e.Message}");
        }
    }

    /// <summary>What stands before an @ or behind a question mark may be a password or a token.</summary>
    private static string WithoutSecrets(string url) => url[(url.LastIndexOf('@') + 1)..].Split('?', '#')[0];

    private static IEnumerable<string> Faults(SmartFarmSettings s)
    {
        foreach (var (name, port) in new[] { ("Mqtt__Port", s.Mqtt.Port), ("Broker__Port", s.Broker.Port), ("Http__Port", s.Http.Port) })
        {
            if (port is < 1 or > 65535)
            {
                yield return $"SmartFarm__{name} is {port}; it must be 1 to 65535.";
            }
        }

        if (s.Mqtt.Version is not (4 or 5))
        {
            yield return $"SmartFarm__Mqtt__Version is {s.Mqtt.Version}; it must be 5, or 4 for MQTT 3.1.1.";
        }

        if (s.Mqtt.ReceiveMaximum is < 1 or > 65535)
        {
            yield return $"SmartFarm__Mqtt__ReceiveMaximum is {s.Mqtt.ReceiveMaximum}; it must be 1 to 65535.";
        }

        if (!Domain.Text.Names.IsValid(s.Mqtt.Root))
        {
            yield return $"SmartFarm__Mqtt__Root is '{s.Mqtt.Root}'; it must be a name of a-z, 0-9, '_' and '-'.";
        }

        if (s.Influx.Version is < 1 or > 3)
        {
            yield return $"SmartFarm__Influx__Version is {s.Influx.Version}; it must be 1, 2 or 3.";
        }

        if (!string.IsNullOrEmpty(s.Influx.Url))
        {
            if (!Uri.TryCreate(s.Influx.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            {
                yield return $"SmartFarm__Influx__Url is '{WithoutSecrets(s.Influx.Url)}'; it must be like http://127.0.0.1:8086.";
            }
            else if (url.UserInfo.Length > 0 || url.Query.Length > 0 || url.Fragment.Length > 0)
            {
                yield return $"SmartFarm__Influx__Url is '{WithoutSecrets(s.Influx.Url)}' and more; it must be an address only: credentials belong into Token, or Username and Password.";
            }
        }

        if (!string.IsNullOrEmpty(s.Otlp.Endpoint) && !(Uri.TryCreate(s.Otlp.Endpoint, UriKind.Absolute, out var otlp) && otlp.Scheme is "http" or "https"))
        {
            yield return $"SmartFarm__Otlp__Endpoint is '{s.Otlp.Endpoint}'; it must be like http://127.0.0.1:4318.";
        }

        if (s.Log.Format is not ("text" or "json"))
        {
            yield return $"SmartFarm__Log__Format is '{s.Log.Format}'; it must be text or json.";
        }

        foreach (var fault in RetentionFaults(s))
        {
            yield return fault;
        }

        if (s.Spool.Order is not (SpoolSettings.Strict or SpoolSettings.NewestFirst))
        {
            yield return $"SmartFarm__Spool__Order is '{s.Spool.Order}'; it must be {SpoolSettings.Strict} or {SpoolSettings.NewestFirst}.";
        }

        if (s.Spool.MaxBytes is < LeastSpool or > MostBytes)
        {
            yield return $"SmartFarm__Spool__MaxBytes is {s.Spool.MaxBytes}; it must be {LeastSpool} (256 MiB) to {MostBytes} (1 PiB).";
        }

        if (s.Spool.MaxAge < TimeSpan.FromMinutes(1) || s.Spool.MaxAge > TimeSpan.FromDays(3650))
        {
            yield return $"SmartFarm__Spool__MaxAge is {s.Spool.MaxAge}; it must be 00:01:00 (a minute) to 3650.00:00:00 (ten years).";
        }

        if (s.Data.MinFreeBytes is < 0 or > MostBytes)
        {
            yield return $"SmartFarm__Data__MinFreeBytes is {s.Data.MinFreeBytes}; it must be 0 to {MostBytes} (1 PiB).";
        }

        if (s.Commands.ExpirySeconds is not (>= 1 and <= 3600))
        {
            yield return $"SmartFarm__Commands__ExpirySeconds is {s.Commands.ExpirySeconds}; it must be 1 to 3600.";
        }

        if (s.Commands.HeartbeatSeconds is not (>= 1 and <= 3600))
        {
            yield return $"SmartFarm__Commands__HeartbeatSeconds is {s.Commands.HeartbeatSeconds}; it must be 1 to 3600.";
        }

        if (s.Clock.Follow && s.Broker.Enabled)
        {
            yield return "SmartFarm__Clock__Follow is true and so is SmartFarm__Broker__Enabled; a worker that follows the clock of a simulation needs a broker that is there before it, such as mosquitto.";
        }

        if (s.Stop.LimitSeconds is not (>= 2 and <= 600))
        {
            yield return $"SmartFarm__Stop__LimitSeconds is {s.Stop.LimitSeconds}; it must be 2 to 600.";
        }
    }

    private static IEnumerable<string> RetentionFaults(SmartFarmSettings s)
    {
        var r = s.Retention;
        if (!(r.Raw >= 1 && r.Minutes >= r.Raw && r.Quarters >= r.Minutes && r.Hours >= r.Quarters && r.Hours <= 36_500))
        {
            yield return $"SmartFarm__Retention__Raw, Minutes, Quarters and Hours are {r.Raw}, {r.Minutes}, {r.Quarters} and {r.Hours} days; none may be shorter than the one before, from 1 to 36500.";
        }

        if (s.Influx.RetentionDays is not { } days)
        {
            yield break;
        }

        if (!(days is >= 1 and <= 36_500))
        {
            yield return $"SmartFarm__Influx__RetentionDays is {days}; it must be 1 to 36500.";
        }

        if (s.Influx.Version != 1)
        {
            yield return "SmartFarm__Influx__RetentionDays is for version 1 only: in versions 2 and 3 set the retention of the bucket or database itself.";
        }
        else if (string.IsNullOrEmpty(s.Influx.RollupDatabase) || s.Influx.RollupDatabase == s.Influx.Database)
        {
            yield return "SmartFarm__Influx__RetentionDays needs SmartFarm__Influx__RollupDatabase, another database: means would otherwise go with the values.";
        }
    }
}
