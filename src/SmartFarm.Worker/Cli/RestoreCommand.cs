using System.CommandLine;
using SmartFarm.Worker.Backup;

namespace SmartFarm.Worker.Cli;

/// <summary><c>smartfarm restore</c>: puts a backup back, while no worker runs on the folder.</summary>
internal static class RestoreCommand
{
    public static Command Create()
    {
        var options = new CommonOptions();
        var from = new Option<string>("--from") { Description = "The archive that backup has made.", Required = true };
        var force = new Option<bool>("--force") { Description = "Move aside what is in the folder, to before-restore-… beside it." };
        var command = new Command("restore", "Put a backup back; everything is verified before anything is touched.");
        command.Options.Add(options.Data);
        command.Options.Add(options.Farm);
        command.Options.Add(from);
        command.Options.Add(force);
        command.SetAction(parsed =>
        {
            var data = options.Settings(parsed).Data.Directory;
            var manifest = Restore.Run(parsed.GetRequiredValue(from), data, parsed.GetValue(options.Farm), parsed.GetValue(force), TimeProvider.System);
            System.Console.WriteLine(
                $"'{data}' is as it was at {manifest.Created:yyyy-MM-dd HH:mm:ss} UTC ({manifest.Files.Count} file(s) verified). What came later is sent again by the broker as far as it was not acknowledged.");
            return ExitCodes.Fine;
        });
        return command;
    }
}
