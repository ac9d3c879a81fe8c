using System.CommandLine;
using SmartFarm.Mqtt;
using SmartFarm.Simulator.Cli;

namespace SmartFarm.Simulator;

/// <summary>The command line of <c>smartfarm-sim</c>.</summary>
public static class SimulatorCli
{
    /// <summary>Runs one command. Exit codes: 0 fine, 1 findings, 2 could not run.</summary>
    public static int Run(string[] args)
    {
        var root = new RootCommand("The field of SmartFarm without the field: simulated greenhouses, and recordings of real ones.")
        {
            RunCommand.Create(),
            ReplayCommand.Create(),
            DevicesCommand.Create(),
            FaultsCommand.Create(),
            VanHentenCommand.Create(),
            CalibrateCommand.Create(),
            LoadCommand.Create(),
            HouseCommand.Create(),
        };
        var parsed = root.Parse(args);
        try
        {
            var code = parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(10) });
            return parsed.Errors.Count > 0 ? ExitCodes.CouldNotRun : code;
        }
        catch (Exception e) when (e is SimulatorException or MqttSessionException)
        {
            System.Console.Error.WriteLine(e.Message);
            return ExitCodes.CouldNotRun;
        }
    }
}
