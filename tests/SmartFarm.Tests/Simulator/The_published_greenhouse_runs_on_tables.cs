using System.Globalization;
using System.Text.Json.Nodes;
using SmartFarm.Simulator;
using SmartFarm.Simulator.Cli;
using SmartFarm.Testing;
using Xunit;

namespace SmartFarm.Tests.Simulator;

public sealed class The_published_greenhouse_runs_on_tables : IDisposable
{
    private readonly TempFolder _folder = new();

    public static TheoryData<string> Names => [.. Cases.Load("vanhenten", "runs.json").Keys];

    public void Dispose() => _folder.Dispose();

    /// <summary>Recipe: row k of controls and weather drives step k; the reference leaves out the output of the first step, so that its row j is that of row j + 1 here.</summary>
    [Fact]
    public void The_published_40_days_are_met()
    {
        if (Repository.SharedData is not { } data)
        {
            Assert.Skip("The reference run is not beside this checkout.");
            return;
        }

        string Reference(string name) => Path.Combine(data, "agro", "vanhenten-harraway", name);
        var written = Run(
            "--controls", Reference("U_log.csv"), "--weather", Reference("D_log.csv"), "--initial", "0.0035,0.001,15,0.008",
            "--step", "1800", "--substeps", "4", "--leakage", "7.5e-6");
        var expected = Rows(File.ReadAllText(Reference("Y_log.csv")));

        Assert.Equal(1919, expected.Count);
        Assert.Equal(1920, written.Count);
        double[] tolerance = [1e-9, 1e-6, 1e-9, 1e-6];
        Assert.All(expected.Zip(written.Skip(1)), pair => Assert.All(
            tolerance.Select((t, i) => (Error: Math.Abs(pair.First[i] - pair.Second[i]), Allowed: t)), c => Assert.InRange(c.Error, 0, c.Allowed)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_run_is_that_of_another_implementation(string name)
    {
        var test = Cases.Load("vanhenten", "runs.json")[name];

        var written = Run(
            "--controls", Table("U.csv", Csv(test["controls"]!)), "--weather", Table("D.csv", Csv(test["weather"]!)), "--initial", string.Join(',', test["initial"]!.AsArray()),
            "--step", $"{test["step"]}", "--substeps", $"{test["substeps"]}", "--leakage", $"{test["leakage"]}");

        var expected = Rows(Csv(test["outputs"]!));
        Assert.Equal(expected.Count, written.Count);
        Assert.All(expected.Zip(written), pair => Assert.All(pair.First.Zip(pair.Second), c => Assert.Equal(c.First, c.Second, 1e-11 * Math.Abs(c.First))));
    }

    [Theory]
    [InlineData("0.5,2,60\r\n0.5,2,60", "300,7.5e-4,8,6e-3\r\n300,7.5e-4,8,6e-3")]
    [InlineData("co2,vent,heat\n 0.5 , 2 , 60\n\n5.0E-1,+2.0,6e1\n\n", "# I0, CO2, T, h\n300,0.00075,8,0.006\n3.00000000000000000e+02,7.500000e-04,8.,6.0e-003\n")]
    [InlineData("\uFEFF0.5,2,60\n0.5,2,60\n", "300,.75e-3,8,6e-3\n300,7.5e-4,8,6e-3\n")]
    public void The_same_numbers_written_otherwise_are_the_same_run(string controls, string weather)
    {
        Run("--controls", Table("U.csv", controls), "--weather", Table("D.csv", weather), "--initial", "0.05, 0.0012, 18, 1e-2");
        var written = File.ReadAllText(_folder.File("Y.csv"));
        Run("--controls", Table("U.csv", "0.5,2,60\n0.5,2,60\n"), "--weather", Table("D.csv", "300,7.5e-4,8,6e-3\n300,7.5e-4,8,6e-3\n"), "--initial", "0.05,0.0012,18,0.01");

        Assert.Equal(File.ReadAllText(_folder.File("Y.csv")), written);
        Assert.Equal(2, written.Count(c => c == '\n'));
    }

    [Theory]
    [InlineData("0.5,2,60\n0.5,2\n", "300,7.5e-4,8,6e-3\n", "U.csv, line 2: 2 columns, but a row is 3 numbers: CO2 supply mg/m²/s, ventilation mm/s, heating W/m², with commas between.")]
    [InlineData("0.5;2;60\n0.5;2;60\n", "300,7.5e-4,8,6e-3\n", "U.csv, line 2: 1 columns, but a row is 3 numbers: CO2 supply mg/m²/s, ventilation mm/s, heating W/m², with commas between.")]
    [InlineData("0.5,2,60\n0.5,two,60\n", "300,7.5e-4,8,6e-3\n", "U.csv, line 2: 'two' in the column of ventilation mm/s is not a finite number.")]
    [InlineData("0.5,2,60\n", "300,NaN,8,6e-3\n", "D.csv, line 1: 'NaN' in the column of CO2 outside kg/m³ is not a finite number.")]
    [InlineData("\n", "300,7.5e-4,8,6e-3\n", "U.csv' has no rows; a row is 3 numbers: CO2 supply mg/m²/s, ventilation mm/s, heating W/m².")]
    [InlineData("0.5,2,60\n", "300,7.5e-4,8,6e-3\n300,7.5e-4,8,6e-3\n", "D.csv' 2; each step needs a row of both.")]
    [InlineData("0.5,2,60\n", "300,7.5e-4,281.15,6e-3\n", "The run diverged: after row 1 it has 293.4 °C")]
    public void A_table_that_does_not_fit_is_one_sentence(string controls, string weather, string sentence)
    {
        var refusal = Assert.Throws<SimulatorException>(() => Run("--controls", Table("U.csv", controls), "--weather", Table("D.csv", weather), "--step", "18000", "--substeps", "40"));

        Assert.Contains(sentence, refusal.Message);
        Assert.False(File.Exists(_folder.File("Y.csv")));
    }

    [Theory]
    [InlineData("--step", "0", "--step is '0'; give a number from 0.001 to 1000000, with a point as decimal mark.")]
    [InlineData("--step", "1,8", "--step is '1,8'; give a number from 0.001 to 1000000, with a point as decimal mark.")]
    [InlineData("--substeps", "2.5", "--substeps is '2.5'; give a whole number from 1 to 1000000.")]
    [InlineData("--leakage", "-1e-6", "--leakage is '-1e-6'; give a number from 0 to 1, with a point as decimal mark.")]
    [InlineData("--initial", "1,2,3", "--initial is '1,2,3'; give four numbers with commas between: dry mass kg/m², CO2 kg/m³, temperature °C, vapour kg/m³.")]
    [InlineData("--initial", "0.01,700,18,0.01", "--initial (CO2) is '700'; give a number from 0 to 1, with a point as decimal mark.")]
    [InlineData("--controls", "nowhere.csv", "The file 'nowhere.csv' cannot be read: ")]
    [InlineData("--out", "nowhere/Y.csv", "The file 'nowhere/Y.csv' cannot be written: ")]
    public void An_option_that_makes_no_sense_is_one_sentence(string option, string value, string sentence)
    {
        var options = new Dictionary<string, string>
        {
            ["--controls"] = Table("U.csv", "0.5,2,60\n"),
            ["--weather"] = Table("D.csv", "300,7.5e-4,8,6e-3\n"),
            ["--out"] = _folder.File("Y.csv"),
            [option] = value,
        };

        var refusal = Assert.Throws<SimulatorException>(() => Invoke([.. options.SelectMany(o => new[] { o.Key, o.Value })]));

        Assert.StartsWith(sentence, refusal.Message);
    }

    [Fact]
    public void A_step_too_long_for_open_vents_says_so_instead_of_writing_nonsense()
    {
        var controls = Table("U.csv", string.Concat(Enumerable.Repeat("0,7.5,0\n", 200)));
        var weather = Table("D.csv", string.Concat(Enumerable.Repeat("300,7.5e-4,8,6e-3\n", 200)));

        var refusal = Assert.Throws<SimulatorException>(() => Run("--controls", controls, "--weather", weather, "--substeps", "1"));

        Assert.StartsWith("The run diverged: after row ", refusal.Message);
        Assert.Contains("give more --substeps", refusal.Message);
    }

    private List<double[]> Run(params string[] options)
    {
        Assert.Equal(ExitCodes.Fine, Invoke([.. options, "--out", _folder.File("Y.csv")]));
        return Rows(File.ReadAllText(_folder.File("Y.csv")));
    }

    private static int Invoke(string[] options) => VanHentenCommand.Create().Parse(options).Invoke(new() { EnableDefaultExceptionHandler = false });

    private string Table(string name, string text)
    {
        File.WriteAllText(_folder.File(name), text);
        return _folder.File(name);
    }

    private static string Csv(JsonNode rows) => string.Concat(rows.AsArray().Select(row => string.Join(',', row!.AsArray()) + "\n"));

    private static List<double[]> Rows(string csv) =>
        [.. csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Array.ConvertAll(line.Split(','), cell => double.Parse(cell, CultureInfo.InvariantCulture)))];
}
