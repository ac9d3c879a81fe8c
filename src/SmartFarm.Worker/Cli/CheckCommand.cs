using System.CommandLine;

namespace SmartFarm.Worker.Cli;

/// <summary><c>smartfarm check</c>: reads the farm folder and says everything that is wrong with it.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var options = new CommonOptions();
        var command = new Command("check", "Check farm.yaml and the rules; prints every mistake with file, line and column.");
        command.Options.Add(options.Farm);
        command.SetAction(parsed => Run(options.Settings(parsed).Farm));
        return command;
    }

    private static int Run(string folder)
    {
        var loaded = FarmFolder.Load(folder);
        foreach (var finding in loaded.Findings)
        {
            System.Console.WriteLine(finding);
        }

        if (!Directory.Exists(folder))
        {
            return ExitCodes.CouldNotRun;
        }

        if (loaded.Findings.Count > 0 || loaded is not { Farm: { } farm, Rules: { } rules })
        {
            return ExitCodes.Findings;
        }

        var zones = farm.Sites.SelectMany(s => s.Zones).ToList();
        System.Console.WriteLine(
            $"{folder}: farm '{farm.Id}' with {farm.Sites.Count} site(s), {zones.Count} zone(s), "
            + $"{zones.Sum(z => z.Devices.Count) + farm.Sites.Sum(s => s.Devices.Count)} device(s), "
            + $"{zones.Sum(z => z.Controllers.Sum(c => c.Actuators.Count))} actuator(s) and {rules.Zones.Sum(z => z.Sources.Count)} rule(s) at work. Nothing to mend.");
        return ExitCodes.Fine;
    }
}
