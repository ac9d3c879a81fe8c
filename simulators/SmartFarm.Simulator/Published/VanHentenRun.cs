using SmartFarm.Greenhouse.VanHenten;

namespace SmartFarm.Simulator.Published;

/// <summary>A run of the published model on tables of controls and weather, row by row.</summary>
/// <param name="initial">State before the first row.</param>
/// <param name="seconds">Time that a row holds, s.</param>
/// <param name="substeps">Sub-steps of the integration per row.</param>
internal sealed class VanHentenRun(VanHentenModel model, VanHentenState initial, double seconds, int substeps)
{
    /// <summary>The output after each row: as many as there are rows of controls, which must be as many as of weather.</summary>
    /// <exception cref="SimulatorException">The integration diverged.</exception>
    public IReadOnlyList<VanHentenOutput> Outputs(IReadOnlyList<double[]> controls, IReadOnlyList<double[]> weather)
    {
        var outputs = new List<VanHentenOutput>(controls.Count);
        var x = initial;
        foreach (var (u, d) in controls.Zip(weather))
        {
            x = model.Step(x, new VanHentenControls(u[0], u[1], u[2]), new VanHentenWeather(d[0], d[1], d[2], d[3]), seconds, substeps);
            outputs.Add(VanHentenOutput.Of(x));
            if (!IsOfThisWorld(x))
            {
                throw new SimulatorException(
                    $"The run diverged: after row {outputs.Count} it has {x.TemperatureC:g4} °C, {x.Co2:g4} kg/m³ of CO2 and {x.Humidity:g4} kg/m³ of vapour. " +
                    $"A sub-step of {seconds / substeps:g4} s is too long for this row, or the row is not in the units of the columns; give more --substeps, or correct the row.");
            }
        }

        return outputs;
    }

    /// <summary>Wider than any greenhouse: what lies outside is not a climate, but a step that was too long or a wrong unit.</summary>
    private static bool IsOfThisWorld(in VanHentenState x) => x is { DryMass: >= 0 and < 1e3, Co2: > -1e-3 and < 10, TemperatureC: > -100 and < 200, Humidity: > -1e-3 and < 1 };
}
