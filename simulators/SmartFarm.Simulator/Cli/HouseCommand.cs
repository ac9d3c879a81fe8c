using System.CommandLine;
using SmartFarm.Greenhouse.Climate;
using SmartFarm.Greenhouse.Weather;
using SmartFarm.Greenhouse.Weather.Generated;
using SmartFarm.Simulator.Weeks;

namespace SmartFarm.Simulator.Cli;

/// <summary><c>smartfarm-sim house</c>: one house through some days under a plain grower, as table and picture.</summary>
internal static class HouseCommand
{
    /// <summary>Days that a house lives before the first that is shown: soil and crop forget how they began.</summary>
    private const int Before = 5;

    public static Command Create()
    {
        var kind = new Option<string>("--kind") { Description = $"How it is built: {string.Join(", ", HouseKinds.Names)}.", DefaultValueFactory = _ => "double-film" };
        var from = new Option<string>("--from") { Description = "First day, such as 2026-07-10.", Required = true };
        var days = new Option<string>("--days") { Description = "Days that are shown.", DefaultValueFactory = _ => "7" };
        var seed = new Option<int>("--seed") { Description = "Another seed, other weather.", DefaultValueFactory = _ => 1 };
        var csv = new Option<string?>("--csv") { Description = "Table to write, a row every ten minutes." };
        var svg = new Option<string?>("--svg") { Description = "Picture to write." };
        var command = new Command("house", "Live with one house of Turkestan through some days under a plain grower.") { kind, from, days, seed, csv, svg };
        command.SetAction(parsed =>
        {
            var name = parsed.GetValue(kind)!;
            var parameters = HouseKinds.Find(name) ?? throw new SimulatorException($"--kind is '{name}'; choose one of {string.Join(", ", HouseKinds.Names)}.");
            var start = Parsing.Moment("--from", parsed.GetValue(from)!, TimeZoneInfo.CreateCustomTimeZone("Turkestan", TimeSpan.FromHours(5), null, null));
            var end = start.AddDays(Parsing.Count("--days", parsed.GetValue(days)!, 366));
            var records = Live(parameters, start, end, parsed.GetValue(seed));
            var title = $"{name}, Turkestan, {start:d MMMM}, seed {parsed.GetValue(seed)}";
            Save(parsed.GetValue(csv), writer => HouseRecord.Write(writer, records));
            Save(parsed.GetValue(svg), writer => writer.Write(HousePlot.Draw(title, [.. records.Where((_, i) => i % 3 == 0)])));
            Say(title, records);
            return ExitCodes.Fine;
        });
        return command;
    }

    private static List<HouseRecord> Live(HouseParameters parameters, DateTimeOffset start, DateTimeOffset end, int seed)
    {
        var model = new HouseModel(parameters with { AltitudeM = Place.Turkestan.AltitudeM });
        var weather = new GeneratedWeather(Place.Turkestan, seed);
        var ground = weather.At(start).GroundTemperatureC;
        var house = new House(model, weather, start.AddDays(-Before), model.Start(20, 70) with { SoilTemperatureC = ground, SubsoilTemperatureC = ground });
        return [.. HouseRecord.Of(house, end, TimeSpan.FromMinutes(10)).Where(record => record.Time > start)];
    }

    private static void Say(string title, List<HouseRecord> records)
    {
        var (first, last) = (records[0].House.Meters, records[^1].House.Meters);
        System.Console.WriteLine($"{title}: outside {records.Min(r => r.Outside.TemperatureC):f1} to {records.Max(r => r.Outside.TemperatureC):f1} °C");
        System.Console.WriteLine($"inside {records.Min(r => r.House.TemperatureC):f1} to {records.Max(r => r.House.TemperatureC):f1} °C, {records.Min(r => r.House.RelativeHumidityPercent):f0} to {records.Max(r => r.House.RelativeHumidityPercent):f0} % RH");
        System.Console.WriteLine($"boiler {last.HeatMegajoules - first.HeatMegajoules:f1} MJ/m², at most {records.Max(r => r.Fluxes[HouseFlow.BoilerToPipe]):f0} W/m²");
        System.Console.WriteLine($"transpired {last.TranspiredLitres - first.TranspiredLitres:f1}, fog {last.FogLitres - first.FogLitres:f1}, condensed {last.CondensedLitres - first.CondensedLitres:f2}, drained {last.DrainLitres - first.DrainLitres:f1} l/m²");
        System.Console.WriteLine($"CO2 bound {last.AssimilatedCo2Gram - first.AssimilatedCo2Gram:f0} g/m², dosed {last.Co2Gram - first.Co2Gram:f0} g/m²");
    }

    private static void Save(string? path, Action<TextWriter> write)
    {
        if (path is null)
        {
            return;
        }

        try
        {
            using var writer = new StreamWriter(path);
            write(writer);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new SimulatorException($"The file '{path}' cannot be written: {e.Message}");
        }
    }
}
