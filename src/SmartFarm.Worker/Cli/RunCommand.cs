using System.CommandLine;
using SmartFarm.Sqlite;
using SmartFarm.Worker.Hosting;

namespace SmartFarm.Worker.Cli;

/// <summary><c>smartfarm run</c>: the worker, from configuration.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var options = new CommonOptions();
        var command = new Command("run", "Run the worker from configuration (appsettings.json, environment, options).");
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = options.Settings(parsed);
            var (farm, rules) = FarmFolder.Require(settings.Farm);
            PortCheck.Require(settings);
            await using var folder = SqliteFolder.Open(settings.Data.Directory, new SqliteOptions { MinFreeBytes = settings.Data.MinFreeBytes }, TimeProvider.System, LoggerFactory.Create(_ => { }));
            await using var app = WorkerHost.Build(settings, farm, rules, folder, TimeProvider.System);
            System.Console.WriteLine($"SmartFarm runs farm '{farm.Id}'. Console: http://{settings.Http.Address}:{settings.Http.Port}/");
            await app.RunAsync(cancellationToken);
            return ExitCodes.Fine;
        });
        return command;
    }
}
