namespace SmartFarm.Simulator.Cli;

/// <summary>Exit codes, as for every command of the project.</summary>
internal static class ExitCodes
{
    public const int Fine = 0;
    public const int Findings = 1;
    public const int CouldNotRun = 2;
}
