using System.CommandLine;
using SmartFarm.Pipeline.Storage;
using SmartFarm.Worker.Cli;
using SmartFarm.Worker.Cli.Rules;
using SmartFarm.Worker.Settings;

namespace SmartFarm.Worker;

/// <summary>The command line of <c>smartfarm</c>.</summary>
public static class WorkerCli
{
    /// <summary>Runs one command. Exit codes: 0 fine, 1 findings, 2 could not run.</summary>
    public static int Run(string[] args)
    {
        var root = new RootCommand("SmartFarm: telemetry and control for greenhouses.")
        {
            DemoCommand.Create(),
            RunCommand.Create(),
            CheckCommand.Create(),
            RulesCommand.Create(),
            DoctorCommand.Create(),
            QuarantineCommand.Create(),
            OverrideCommand.Create(),
            StopCommand.CreateStop(),
            StopCommand.CreateResume(),
            AlarmsCommand.Create(),
            DashboardsCommand.Create(),
            BackupCommand.Create(),
            RestoreCommand.Create(),
        };
        var parsed = root.Parse(args);
        try
        {
            var code = parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
            return parsed.Errors.Count > 0 ? ExitCodes.CouldNotRun : code;
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Fine;
        }
        catch (Exception e)
        {
            // What the user can mend is one sentence; only a fault of ours shows where it happened.
            System.Console.Error.WriteLine(e is SettingsException or StoreException or IOException or UnauthorizedAccessException ? e.Message : $"SmartFarm has to end by a fault of its own: {e}");
            return ExitCodes.CouldNotRun;
        }
    }
}
