using System.CommandLine;
using SmartFarm.Worker.Diagnosis;
using SmartFarm.Worker.Settings;

namespace SmartFarm.Worker.Cli;

/// <summary><c>smartfarm doctor</c>: looks at everything the worker needs, and names the mend of what is wrong.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var options = new CommonOptions();
        var command = new Command("doctor", "Look at settings, farm folder, disk, memory, clock, ports, broker, database and ledger; each fault with its mend.");
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            SmartFarmSettings settings;
            try
            {
                settings = options.Settings(parsed);
            }
            catch (SettingsException e)
            {
                // Nothing else can be looked at before this is mended.
                System.Console.WriteLine($"MEND  settings  {e.Message}");
                return ExitCodes.Findings;
            }

            var sick = false;
            var looking = Doctor.Examinations.Select(e => (e.Name, Finding: Task.Run(() => e.ExamineAsync(settings, TimeProvider.System, cancellationToken), cancellationToken))).ToList();
            foreach (var (name, found) in looking)
            {
                var finding = await found;
                sick |= !finding.IsWell;
                System.Console.WriteLine($"{finding.Mark}  {name,-9} {finding.Sentence}");
            }

            return sick ? ExitCodes.Findings : ExitCodes.Fine;
        });
        return command;
    }
}
