using System.CommandLine;
using SmartFarm.Mqtt;

namespace SmartFarm.Simulator.Cli;

/// <summary>Options that say where the broker is.</summary>
internal sealed class ConnectionOptions
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Option<string> _host = new("--host") { Description = "Host of the MQTT broker.", DefaultValueFactory = _ => "127.0.0.1" };
    private readonly Option<int> _port = new("--port") { Description = "Its port.", DefaultValueFactory = _ => 1883 };
    private readonly Option<string?> _username = new("--username") { Description = "User name, when the broker asks for one." };
    private readonly Option<string?> _passwordFile = new("--password-file") { Description = "File that holds the password." };
    private readonly Option<string> _root = new("--root") { Description = "First level of the topics.", DefaultValueFactory = _ => "farm" };

    public void AddTo(Command command)
    {
        command.Options.Add(_host);
        command.Options.Add(_port);
        command.Options.Add(_username);
        command.Options.Add(_passwordFile);
        command.Options.Add(_root);
    }

    public string Root(ParseResult parsed) => Domain.Text.Names.IsValid(parsed.GetValue(_root))
        ? parsed.GetValue(_root)!
        : throw new SimulatorException($"--root is '{parsed.GetValue(_root)}'; it must be a name of a-z, 0-9, '_' and '-'.");

    public MqttSessionOptions Session(ParseResult parsed, string clientId)
    {
        var port = parsed.GetValue(_port);
        return port is > 0 and < 65536
            ? new MqttSessionOptions
            {
                Host = parsed.GetValue(_host)!,
                Port = port,
                ClientId = clientId,
                Username = parsed.GetValue(_username),
                Password = parsed.GetValue(_passwordFile) is { } file ? Secret(file) : null,
                SessionExpiry = TimeSpan.Zero,
            }
            : throw new SimulatorException($"--port is {port}; it must be 1 to 65535.");
    }

    /// <summary>Waits for the broker a while, and then says what is in the way.</summary>
    public static async Task WaitForBrokerAsync(
        MqttSessionOptions broker, Func<CancellationToken, Task> ready, Func<string?> trouble, TimeProvider time, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await ready(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SimulatorException(
                $"No session with the MQTT broker at {broker.Host}:{broker.Port} within {Patience.TotalSeconds} s; start it, or name another with --host and --port. Last: {trouble()}");
        }
    }

    private static string Secret(string file)
    {
        try
        {
            return File.ReadAllText(file).TrimEnd('\r', '\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SimulatorException($"The password file '{file}' cannot be read: {e.Message}");
        }
    }
}
