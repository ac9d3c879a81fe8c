using System.CommandLine;
using SmartFarm.Worker.Settings;

namespace SmartFarm.Worker.Cli;

/// <summary>Options that several commands share, and the settings they become.</summary>
internal sealed class CommonOptions
{
    public Option<string?> Farm { get; } = new("--farm") { Description = "Folder with farm.yaml and rules/ (default: farm)." };

    public Option<string?> Data { get; } = new("--data") { Description = "Folder for everything that is kept on disk (default: data; demo: data/demo)." };

    public Option<int?> HttpPort { get; } = new("--http-port") { Description = "Port of the web console and API (default: 8080)." };

    public Option<int?> MqttPort { get; } = new("--mqtt-port") { Description = "Port of the MQTT broker, embedded or not (default: 1883)." };

    public void AddTo(Command command)
    {
        command.Options.Add(Farm);
        command.Options.Add(Data);
        command.Options.Add(HttpPort);
        command.Options.Add(MqttPort);
    }

    /// <summary>Settings from files and environment, overruled by the command line.</summary>
    /// <exception cref="SettingsException">A setting is wrong.</exception>
    public SmartFarmSettings Settings(ParseResult parsed)
    {
        var overrides = new Dictionary<string, string?>(StringComparer.Ordinal);
        Set("Farm", parsed.GetValue(Farm));
        Set("Data:Directory", parsed.GetValue(Data));
        Set("Http:Port", parsed.GetValue(HttpPort)?.ToString());
        Set("Mqtt:Port", parsed.GetValue(MqttPort)?.ToString());
        Set("Broker:Port", parsed.GetValue(MqttPort)?.ToString());
        try
        {
            return SettingsReader.Read(new ConfigurationBuilder()
                .AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true)
                .AddEnvironmentVariables()
                .AddInMemoryCollection(overrides)
                .Build());
        }
        catch (InvalidDataException e)
        {
            throw new SettingsException($"{e.Message} {e.GetBaseException().Message}", e);
        }

        void Set(string name, string? value)
        {
            if (value is not null)
            {
                overrides[$"{SmartFarmSettings.Section}:{name}"] = value;
            }
        }
    }
}
