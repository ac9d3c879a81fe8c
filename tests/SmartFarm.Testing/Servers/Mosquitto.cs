using System.Diagnostics;

namespace SmartFarm.Testing.Servers;

/// <summary>A mosquitto broker.</summary>
/// <param name="extraConfiguration">Lines added to its configuration.</param>
public sealed class Mosquitto(string extraConfiguration = "allow_anonymous true") : ServerProcess
{
    public static bool IsInstalled => Programs.Find("mosquitto") is not null;

    protected override ProcessStartInfo Command()
    {
        File.WriteAllText(Folder.File("mosquitto.conf"), $"""
            listener {Port} 127.0.0.1
            persistence true
            persistence_location {Folder.Path}/
            autosave_on_changes false
            max_queued_messages 0
            max_inflight_messages 1000
            {(Environment.IsPrivilegedProcess ? "user root" : "")}
            {extraConfiguration}

            """);
        return new ProcessStartInfo(Programs.Find("mosquitto")!, ["-c", Folder.File("mosquitto.conf")]);
    }
}
