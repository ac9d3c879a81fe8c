using SmartFarm.Domain.Farms;
using SmartFarm.Simulator.Faults;

namespace SmartFarm.Simulator.Cli;

/// <summary>
/// Reads a fault of the command line: <c>bias device=climate-1 quantity=air_temperature from=30s for=10min by=3</c>. Times count from the
/// start; without <c>for</c> it stays; the site may be left out when there is one. What is not one of these words is a parameter of the kind.
/// </summary>
internal static class FaultText
{
    public static FaultSpec Parse(string text, Farm farm, DateTimeOffset start)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var settings = words.Skip(1).Select(word => word.Split('=', 2)).ToList();
        if (words.Length == 0 || settings.Exists(pair => pair.Length != 2))
        {
            throw new SimulatorException($"--fault is '{text}'; write for example 'stuck device=climate-1 from=30s for=10min'.");
        }

        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        settings.ForEach(pair => given[pair[0]] = pair[1]);
        var from = start + Parsing.Duration("from", Take("from") ?? "0s");
        return new FaultSpec
        {
            Kind = words[0],
            Site = Take("site") ?? farm.Sites[0].Id,
            Device = Take("device"),
            Quantity = Take("quantity"),
            Controller = Take("controller"),
            Actuator = Take("actuator"),
            Zone = Take("zone"),
            Seed = int.TryParse(Take("seed") ?? "0", out var seed) ? seed : throw new SimulatorException($"--fault is '{text}'; its seed is no whole number."),
            Window = new FaultWindow(from, Take("for") is { } length ? from + Parsing.Duration("for", length) : null),
            Parameters = given,
        };

        string? Take(string name) => given.Remove(name, out var value) ? value : null;
    }
}
