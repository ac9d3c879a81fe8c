namespace SmartFarm.Simulator;

/// <summary>The command line of <c>smartfarm-sim</c>.</summary>
public static class SimulatorCli
{
    /// <summary>Runs one command. Exit codes: 0 fine, 1 findings, 2 could not run.</summary>
    public static int Run(string[] args) => args.Length == 0 ? 2 : 0;
}
