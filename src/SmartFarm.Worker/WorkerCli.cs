namespace SmartFarm.Worker;

/// <summary>The command line of <c>smartfarm</c>.</summary>
public static class WorkerCli
{
    /// <summary>Runs one command. Exit codes: 0 fine, 1 findings, 2 could not run.</summary>
    public static int Run(string[] args) => args.Length == 0 ? 2 : 0;
}
