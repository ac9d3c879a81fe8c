using System.CommandLine;
using SmartFarm.Greenhouse.Calibration;
using SmartFarm.Simulator.Calibration;
using SmartFarm.Simulator.Published;

namespace SmartFarm.Simulator.Cli;

/// <summary><c>smartfarm-sim calibrate</c>: a simple house fitted to a farm's recorded history.</summary>
internal static class CalibrateCommand
{
    public static Command Create()
    {
        var history = new Option<string>("--history") { Description = "YAML file that says which columns of which files are what.", Required = true };
        var data = new Option<string?>("--data") { Description = "Folder of these files; without it, that of the YAML file." };
        var from = new Option<string?>("--from") { Description = "First moment to fit." };
        var to = new Option<string>("--to") { Description = "End of the fit, and begin of the time it is judged on.", Required = true };
        var judge = new Option<string?>("--judge-to") { Description = "End of the time it is judged on; without it, that of the history." };
        var values = new Option<string[]>("--set") { Description = "A number to keep instead of fitting it, such as pipe_exchange=2.1. May be given often.", AllowMultipleArgumentsPerToken = true };
        var fit = new Option<string[]>("--fit") { Description = "A number to fit although it is kept by default: pipe_exchange.", AllowMultipleArgumentsPerToken = true };
        var residuals = new Option<string?>("--residuals") { Description = "CSV to write: seconds since the first row, measured °C and %RH, model °C and %RH." };
        var command = new Command("calibrate", "Fit a simple house to a farm's own history, and judge it on a time that it has not seen.") { history, data, from, to, judge, values, fit, residuals };
        command.SetAction(parsed =>
        {
            var files = HistoryMapReader.Load(parsed.GetValue(history)!, parsed.GetValue(data));
            var zone = files[0].Time.Zone;
            var recorded = History.Read(files);
            var first = parsed.GetValue(from) is { } begin ? Parsing.Moment("--from", begin, zone) : DateTimeOffset.MinValue;
            var middle = Parsing.Moment("--to", parsed.GetValue(to)!, zone);
            var last = parsed.GetValue(judge) is { } end ? Parsing.Moment("--judge-to", end, zone) : DateTimeOffset.MaxValue;
            var (house, kept) = Start(parsed.GetValue(values) ?? [], parsed.GetValue(fit) ?? []);
            var result = Fit(recorded.Between(first, middle), house, kept);
            CalibrationReport.Write(System.Console.Out, result, recorded.LeftOut);
            Judge(result, recorded.Between(middle, last), recorded.Between(first, last), parsed.GetValue(residuals));
            return result.Converged && result.Estimates.All(e => !e.IsAtBound) ? ExitCodes.Fine : ExitCodes.Findings;
        });
        return command;
    }

    private static (SimpleHouse House, HashSet<string> Kept) Start(string[] values, string[] fitted)
    {
        var house = new SimpleHouse();
        var kept = new HashSet<string>(["pipe_exchange"], StringComparer.Ordinal);
        foreach (var text in values)
        {
            var parts = text.Split('=', 2);
            var parameter = Parameter("--set", parts[0]);
            house = parameter.With(house, Parsing.Number($"--set {parts[0]}", parts.ElementAtOrDefault(1) ?? "", parameter.Least, parameter.Most));
            kept.Add(parameter.Name);
        }

        kept.ExceptWith(fitted.Select(name => Parameter("--fit", name).Name));
        return (house, kept);
    }

    private static FitParameter Parameter(string option, string name) =>
        FitParameter.All.FirstOrDefault(p => p.Name == name)
        ?? throw new SimulatorException($"{option} names '{name}'; the numbers of a house are {string.Join(", ", FitParameter.All.Select(p => p.Name))}.");

    private static CalibrationResult Fit(IReadOnlyList<HistoryRow> rows, SimpleHouse house, HashSet<string> kept)
    {
        try
        {
            return new Calibrator(kept).Fit(rows, house);
        }
        catch (ArgumentException e)
        {
            throw new SimulatorException($"The time from --from to --to cannot be fitted: {e.Message}");
        }
    }

    private static void Judge(CalibrationResult result, IReadOnlyList<HistoryRow> unseen, IReadOnlyList<HistoryRow> all, string? residuals)
    {
        var states = new HistoryRun(all).States(result.House).Select(state => (state.TemperatureC, state.RelativeHumidityPercent)).ToList();
        if (unseen.Count > 0)
        {
            CalibrationReport.Write(System.Console.Out, "Unseen", Residuals.Of(unseen, states[^unseen.Count..]));
        }

        if (residuals is not null)
        {
            NumberTable.Save(residuals, all.Zip(states, (row, state) => new[]
            {
                (row.Time - all[0].Time).TotalSeconds, row.TemperatureC ?? double.NaN, row.RelativeHumidityPercent ?? double.NaN, state.TemperatureC, state.RelativeHumidityPercent,
            }));
        }
    }
}
