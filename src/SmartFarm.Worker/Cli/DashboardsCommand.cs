using System.CommandLine;
using SmartFarm.Dashboards;

namespace SmartFarm.Worker.Cli;

/// <summary><c>smartfarm dashboards</c>: writes the Grafana dashboards of this version, in every language.</summary>
internal static class DashboardsCommand
{
    public static Command Create()
    {
        var to = new Option<DirectoryInfo>("--to") { Description = "Folder that gets one folder for each language.", DefaultValueFactory = _ => new DirectoryInfo("dashboards") };
        var command = new Command("dashboards", "Write the Grafana dashboards of this version: one folder for each language.") { to };
        command.SetAction(parsed =>
        {
            var folder = parsed.GetValue(to)!;
            var count = 0;
            foreach (var (path, json) in DashboardFiles.Make())
            {
                var file = new FileInfo(Path.Combine(folder.FullName, path));
                file.Directory!.Create();
                File.WriteAllText(file.FullName, json);
                count++;
            }

            System.Console.WriteLine($"{count} dashboards written to {folder.FullName}.");
            return ExitCodes.Fine;
        });
        return command;
    }
}
