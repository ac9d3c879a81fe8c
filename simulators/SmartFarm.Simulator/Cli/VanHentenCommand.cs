using System.CommandLine;
using SmartFarm.Greenhouse.VanHenten;
using SmartFarm.Simulator.Published;

namespace SmartFarm.Simulator.Cli;

/// <summary><c>smartfarm-sim vanhenten</c>: the published model on given inputs, for anyone who wants to check it.</summary>
internal static class VanHentenCommand
{
    public static Command Create()
    {
        var controls = new Option<string>("--controls")
        {
            Description = "CSV without header: CO2 supply mg/m²/s, ventilation mm/s, heating W/m². Row k is held during step k.",
            Required = true,
        };
        var weather = new Option<string>("--weather")
        {
            Description = "CSV without header: radiation W/m², CO2 outside kg/m³, temperature outside °C, vapour outside kg/m³. As many rows.",
            Required = true,
        };
        var initial = new Option<string>("--initial")
        {
            Description = "Dry mass kg/m², CO2 kg/m³, temperature °C and vapour kg/m³ at the start.",
            DefaultValueFactory = _ => "0.0035,0.001,15,0.008",
        };
        var step = new Option<string>("--step") { Description = "Seconds that a row holds.", DefaultValueFactory = _ => "1800" };
        var substeps = new Option<string>("--substeps") { Description = "Runge-Kutta steps per row.", DefaultValueFactory = _ => "4" };
        var leakage = new Option<string>("--leakage") { Description = "Leakage of the house, m/s; 0.75e-4 is published.", DefaultValueFactory = _ => "0.75e-4" };
        var output = new Option<string?>("--out")
        {
            Description = "CSV to write, without header: dry mass kg/m², CO2 ppm, °C, %RH. Row k is the state after step k. Without it: standard output.",
        };
        var command = new Command("vanhenten", "Run the lettuce greenhouse of van Henten (2003) on given controls and weather.")
        {
            controls, weather, initial, step, substeps, leakage, output,
        };
        command.SetAction(parsed =>
        {
            var model = new VanHentenModel(new VanHentenParameters { Leakage = Parsing.Number("--leakage", parsed.GetValue(leakage)!, 0, 1) });
            var run = new VanHentenRun(
                model,
                Initial(parsed.GetValue(initial)!),
                Parsing.Number("--step", parsed.GetValue(step)!, 1e-3, 1e6),
                Parsing.Count("--substeps", parsed.GetValue(substeps)!, 1_000_000));
            return Run(run, parsed.GetValue(controls)!, parsed.GetValue(weather)!, parsed.GetValue(output));
        });
        return command;
    }

    private static int Run(VanHentenRun run, string controls, string weather, string? output)
    {
        var u = NumberTable.Read(controls, "CO2 supply mg/m²/s", "ventilation mm/s", "heating W/m²");
        var d = NumberTable.Read(weather, "radiation W/m²", "CO2 outside kg/m³", "temperature outside °C", "vapour outside kg/m³");
        if (u.Count != d.Count)
        {
            throw new SimulatorException($"'{controls}' has {u.Count} rows and '{weather}' {d.Count}; each step needs a row of both.");
        }

        var outputs = run.Outputs(u, d);
        var rows = outputs.Select(y => new[] { y.DryMass, y.Co2Ppm, y.TemperatureC, y.RelativeHumidityPercent });
        if (output is null)
        {
            NumberTable.Write(System.Console.Out, rows);
            return ExitCodes.Fine;
        }

        NumberTable.Save(output, rows);
        var end = outputs[^1];
        System.Console.WriteLine(
            $"{outputs.Count} rows written to {output}; at the end {end.DryMass:f4} kg/m², {end.Co2Ppm:f1} ppm, {end.TemperatureC:f2} °C, {end.RelativeHumidityPercent:f1} %.");
        return ExitCodes.Fine;
    }

    private static VanHentenState Initial(string text)
    {
        var cells = text.Split(',');
        return cells.Length == 4
            ? new VanHentenState(
                Parsing.Number("--initial (dry mass)", cells[0], 0, 100),
                Parsing.Number("--initial (CO2)", cells[1], 0, 1),
                Parsing.Number("--initial (temperature)", cells[2], -60, 100),
                Parsing.Number("--initial (vapour)", cells[3], 0, 1))
            : throw new SimulatorException($"--initial is '{text}'; give four numbers with commas between: dry mass kg/m², CO2 kg/m³, temperature °C, vapour kg/m³.");
    }
}
