using System.CommandLine;
using SmartFarm.Domain.Farms;
using SmartFarm.Rules;
using SmartFarm.Simulator.LockStep;
using SmartFarm.Sqlite;
using SmartFarm.Worker.Hosting;
using SmartFarm.Worker.Settings;
using SmartFarm.Worker.Stepping;

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
            var loaded = FarmFolder.Load(settings.Farm);
            if (loaded.Farm is null)
            {
                throw new SettingsException(string.Join(Environment.NewLine, loaded.Findings));
            }

            PortCheck.Require(settings);
            if (settings.Clock.Follow)
            {
                var (played, book) = FarmFolder.Require(settings.Farm);
                return await FollowAsync(settings, played, book, TimeProvider.System, cancellationToken);
            }

            await using var folder = Open(settings, TimeProvider.System);
            var (farm, rules) = await loaded.ToStartAsync(folder.RuleSets, cancellationToken);
            await using var app = WorkerHost.Build(settings, farm, rules, folder, TimeProvider.System);
            System.Console.WriteLine($"SmartFarm runs farm '{farm.Id}'. Console: http://{settings.Http.Address}:{settings.Http.Port}/");
            await app.RunAsync(cancellationToken);
            return ExitCodes.Fine;
        });
        return command;
    }

    private static async Task<int> FollowAsync(SmartFarmSettings settings, Farm farm, RuleBook rules, TimeProvider machine, CancellationToken cancellationToken)
    {
        System.Console.WriteLine($"SmartFarm waits for a simulation to tell the time on {ClockWord.TimeTopic(settings.Mqtt.Root)} at {settings.Mqtt.Host}:{settings.Mqtt.Port} (SmartFarm__Clock__Follow).");
        var first = await ClockJoin.FirstAsync(settings, machine, cancellationToken);
        var clock = new SteppedTime(first.Time);
        await using var folder = Open(settings, clock);
        await using var app = WorkerHost.BuildStepped(settings, farm, rules, folder, clock, first, machine);
        System.Console.WriteLine($"SmartFarm runs farm '{farm.Id}' in simulated time from {first.Time:yyyy-MM-dd HH:mm:ss} on. Console: http://{settings.Http.Address}:{settings.Http.Port}/");
        await app.RunAsync(cancellationToken);
        return ExitCodes.Fine;
    }

    private static SqliteFolder Open(SmartFarmSettings settings, TimeProvider clock) =>
        SqliteFolder.Open(settings.Data.Directory, new SqliteOptions { MinFreeBytes = settings.Data.MinFreeBytes }, clock, LoggerFactory.Create(_ => { }));
}
