using System.Diagnostics;
using SmartFarm.Testing;
using SmartFarm.Testing.Servers;

namespace SmartFarm.IntegrationTests.Deploy;

/// <summary>mosquitto with the very files that docker-compose.yml mounts: only port and folders are those of the test.</summary>
public sealed class DeployedBroker : ServerProcess
{
    public const string Backend = "backend", Alerts = "alerts", Simulator = "simulator", Climate = "turkestan-1/climate-1", Controller = "turkestan-1/ctrl-1";

    /// <summary>Port for the worker, the simulator and Grafana.</summary>
    public int InnerPort { get; } = Ports.Free();

    /// <summary>Whether the listener of docker-compose.tls.yml is there too, with a certificate of make-secrets.sh.</summary>
    public bool WithTls { get; init; }

    /// <summary>Its port.</summary>
    public int TlsPort { get; } = Ports.Free();

    /// <summary>The authority that devices trust.</summary>
    public string Authority => Folder.File("mqtt_ca_certificate");

    public static bool IsInstalled => Programs.Find("mosquitto") is not null && Programs.Find("mosquitto_pub") is not null && Programs.Find("mosquitto_passwd") is not null;

    /// <summary>The password of every account here.</summary>
    public static string PasswordOf(string account) => $"pw-of-{account}";

    /// <summary>Runs mosquitto_pub or mosquitto_sub on this broker. Gives the exit code and what was printed.</summary>
    public async Task<(int Code, string Output)> ClientAsync(string program, string? account, params string[] arguments)
    {
        string[] login = account is null ? [] : ["-u", account, "-P", PasswordOf(account)];
        var info = new ProcessStartInfo(Programs.Find(program)!, ["-h", "127.0.0.1", "-p", $"{(account is Backend or Alerts or Simulator or "health" ? InnerPort : Port)}", "-V", "5", .. login, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(info)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await error);
    }

    protected override ProcessStartInfo Command()
    {
        File.WriteAllText(Folder.File("mqtt_backend_password"), PasswordOf(Backend));
        File.WriteAllText(Folder.File("mqtt_health_password"), PasswordOf("health"));
        File.WriteAllText(Folder.File("mqtt_alerts_password"), PasswordOf(Alerts));
        File.WriteAllText(Folder.File("mqtt_devices"), string.Concat(new[] { Climate, Controller, Simulator }.Select(a => $"{a}:{PasswordOf(a)}\n")));
        var config = File.ReadAllText(Repository.PathOf("deploy", "mosquitto", "mosquitto.conf"))
            .Replace("listener 1883", $"listener {Port} 127.0.0.1")
            .Replace("listener 1884", $"listener {InnerPort} 127.0.0.1")
            .Replace("/run/mosquitto/", Folder.Path + "/")
            .Replace("/mosquitto/config/acl", Repository.PathOf("deploy", "mosquitto", "acl"))
            .Replace("/mosquitto/config/conf.d", WithTls ? Directory.CreateDirectory(Folder.File("conf.d")).FullName : Repository.PathOf("deploy", "mosquitto", "conf.d"))
            .Replace("/mosquitto/data/", Folder.Path + "/");
        WriteTls();

        // Only matters where the tests run as root: the broker must then keep reading the test's folder.
        File.WriteAllText(Folder.File("mosquitto.conf"), config + "user root\n");
        var info = new ProcessStartInfo("sh", [Repository.PathOf("deploy", "mosquitto", "start.sh"), Folder.Path, Folder.File("passwords"), Folder.File("mosquitto.conf")]);
        info.Environment["PATH"] += ":/usr/sbin:/usr/local/sbin";
        return info;
    }

    private void WriteTls()
    {
        if (!WithTls)
        {
            return;
        }

        var info = new ProcessStartInfo("bash", [Repository.PathOf("deploy", "make-secrets.sh"), "tls", "localhost", "127.0.0.1"]) { UseShellExecute = false, RedirectStandardOutput = true };
        info.Environment["SMARTFARM_SECRETS"] = Folder.Path;
        using (var make = Process.Start(info)!)
        {
            make.WaitForExit();
        }

        File.WriteAllText(Path.Combine(Folder.File("conf.d"), "tls.conf"), File.ReadAllText(Repository.PathOf("deploy", "mosquitto", "tls", "tls.conf"))
            .Replace("listener 8883", $"listener {TlsPort} 127.0.0.1").Replace("/run/secrets/", Folder.Path + "/"));
    }
}
