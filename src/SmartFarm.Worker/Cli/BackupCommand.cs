using System.CommandLine;

namespace SmartFarm.Worker.Cli;

/// <summary><c>smartfarm backup</c>: the data folder in one file, while the worker runs.</summary>
internal static class BackupCommand
{
    public static Command Create()
    {
        var options = new CommonOptions();
        var to = new Option<string>("--to") { Description = "The archive to make (tar + gzip), such as backup-2026-11-22.tar.gz.", Required = true };
        var command = new Command("backup", "Copy the data folder into one archive; the worker may be running.");
        command.Options.Add(options.Data);
        command.Options.Add(options.Farm);
        command.Options.Add(to);
        command.SetAction(parsed =>
        {
            var (archive, farm) = (parsed.GetRequiredValue(to), parsed.GetValue(options.Farm));
            var manifest = Backup.Backup.Make(options.Settings(parsed).Data.Directory, farm, archive, TimeProvider.System);
            System.Console.WriteLine(
                $"{archive}: {manifest.Files.Count} file(s), {manifest.Bytes / 1e6:0.#} MB before compression{(farm is null ? "; the farm folder is not in it (--farm DIR adds it)" : "")}. "
                + $"Everything acknowledged before {manifest.Created:yyyy-MM-dd HH:mm:ss} UTC is in it.");
            return ExitCodes.Fine;
        });
        return command;
    }
}
