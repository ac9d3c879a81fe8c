using System.CommandLine;
using SmartFarm.Worker.Diagnosis;

namespace SmartFarm.Worker.Cli;

/// <summary><c>smartfarm doctor</c>: looks at everything the worker needs, and names the mend of what is wrong.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var options = new CommonOptions();
        var command = new Command("doctor", "Look at farm folder, disk, clock, broker, database and ledger; each fault with its mend.");
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = options.Settings(parsed);
            IExamination[] examinations =
                [new FarmExamination(), new DiskExamination(), new ClockExamination(), new BrokerExamination(), new DatabaseExamination(), new LedgerExamination()];
            var sick = false;
            foreach (var examination in examinations)
            {
                var finding = await examination.ExamineAsync(settings, TimeProvider.System, cancellationToken);
                sick |= !finding.IsWell;
                System.Console.WriteLine($"{(finding.IsWell ? "ok  " : "MEND")}  {examination.Name,-9} {finding.Sentence}");
            }

            return sick ? ExitCodes.Findings : ExitCodes.Fine;
        });
        return command;
    }
}
