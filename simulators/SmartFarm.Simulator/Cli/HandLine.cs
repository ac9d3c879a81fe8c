using System.Globalization;
using SmartFarm.Domain.Commands;
using SmartFarm.Domain.Farms;
using SmartFarm.Domain.Quantities;

namespace SmartFarm.Simulator.Cli;

/// <summary>
/// Carries out a line typed by hand: <c>climate-1 air_temperature=31.5 co2=700</c> lets a device report these values now (a dash: no value),
/// <c>ctrl-1 manual</c> turns the key of a controller (<c>remote</c>, <c>local</c>, <c>manual</c>).
/// </summary>
internal static class HandLine
{
    private const string Help = "type 'DEVICE quantity=value ...', 'CONTROLLER remote|local|manual', or 'quit'";

    /// <returns>What is wrong with the line; null when it was carried out.</returns>
    public static string? Run(string line, Farm farm, SimulatedFarm simulated)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2)
        {
            return Help;
        }

        foreach (var site in farm.Sites)
        {
            if (site.Devices.Concat(site.Zones.SelectMany(z => z.Devices)).Any(d => d.Id == words[0]))
            {
                return Report(words, values => simulated.Say(site.Id, words[0], values));
            }

            if (site.Zones.SelectMany(z => z.Controllers).Any(c => c.Id == words[0]))
            {
                return Turn(words[1], mode => simulated.Turn(site.Id, words[0], mode));
            }
        }

        return $"there is no node '{words[0]}'; {Help}";
    }

    private static string? Report(string[] words, Action<IReadOnlyList<KeyValuePair<Quantity, double>>> say)
    {
        var values = new List<KeyValuePair<Quantity, double>>();
        foreach (var pair in words.Skip(1).Select(word => word.Split('=', 2)))
        {
            if (!Quantities.TryGet(pair[0], out var quantity))
            {
                return $"'{pair[0]}' is no quantity; {Configuration.Values.Suggestion.For(pair[0], [.. Quantities.All.Select(q => q.Name)])}";
            }

            var text = pair.Length == 2 ? pair[1] : "";
            if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && text != "-")
            {
                return $"'{text}' is no number; write {quantity.Name}=20 in {quantity.Unit}, or {quantity.Name}=- for no value";
            }

            values.Add(KeyValuePair.Create(quantity, text == "-" ? double.NaN : value));
        }

        say(values);
        return null;
    }

    private static string? Turn(string word, Action<ControlMode> turn)
    {
        if (!Enum.TryParse<ControlMode>(word, ignoreCase: true, out var mode) || !Enum.IsDefined(mode))
        {
            return $"'{word}' is no mode; choose remote, local or manual";
        }

        turn(mode);
        return null;
    }
}
