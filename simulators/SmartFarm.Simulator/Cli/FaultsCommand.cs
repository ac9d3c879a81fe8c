using System.CommandLine;
using Spectre.Console;
using SmartFarm.Simulator.Faults;

namespace SmartFarm.Simulator.Cli;

/// <summary><c>smartfarm-sim faults</c>: what can go wrong, for who writes a scenario.</summary>
internal static class FaultsCommand
{
    public static Command Create()
    {
        var command = new Command("faults", "List the faults that can be played, with their parameters.");
        command.SetAction(_ =>
        {
            var table = new Table().Border(TableBorder.Simple).AddColumns("Fault", "Befalls", "What happens", "Parameters (default)");
            foreach (var kind in FaultKinds.All)
            {
                table.AddRow(new Text(kind.Name), new Text(Whom(kind.Places)), new Text(kind.Meaning), new Text(string.Join('\n', kind.Parameters.Select(Line))));
            }

            AnsiConsole.Write(table);
            return ExitCodes.Fine;
        });
        return command;
    }

    private static string Whom(FaultPlace places) => places switch
    {
        FaultPlace.Device => "sensor",
        FaultPlace.Controller => "controller, actuator",
        FaultPlace.House => "house",
        _ => "device or controller",
    };

    private static string Line(FaultParameter parameter) => $"{parameter.Name} ({(parameter.Default.Length > 0 ? parameter.Default : "-")}): {parameter.Meaning}";
}
