using System.Globalization;
using SmartFarm.Configuration.Values;
using SmartFarm.Domain.Quantities;

namespace SmartFarm.Simulator.Faults;

/// <summary>A parameter of a kind of fault.</summary>
/// <param name="Name">Its name in a scenario.</param>
/// <param name="Default">What it is when left out, as it would be written.</param>
/// <param name="Meaning">What it means, with its unit.</param>
public sealed record FaultParameter(string Name, string Default, string Meaning)
{
    private Func<string, string?> Objection { get; init; } = _ => null;

    /// <summary>What is wrong with a text for this parameter, as the end of a sentence; null when nothing is.</summary>
    public string? Check(string text) => Objection(text);

    internal static FaultParameter Number(string name, double @default, double min, double max, string meaning) =>
        new(name, @default.ToString(CultureInfo.InvariantCulture), meaning)
        {
            Objection = text => TryNumber(text, out var value) && value >= min && value <= max ? null : $"a number from {min} to {max} is wanted",
        };

    internal static FaultParameter Duration(string name, string @default, string meaning) => new(name, @default, meaning)
    {
        Objection = text => TryDuration(text, out _) ? null : "a duration such as '30 s' or '-2 h' is wanted",
    };

    internal static FaultParameter Moment(string name, string meaning) => new(name, "", meaning)
    {
        Objection = text => text.Length == 0 || TryMoment(text, out _) ? null : "a moment such as 1970-01-01T00:00Z is wanted",
    };

    internal static FaultParameter UnitSymbol(string name, Unit @default, string meaning) => new(name, @default.Symbol, meaning)
    {
        Objection = text => Units.TryGet(text, out _) ? null : "no such unit is known",
    };

    internal static FaultParameter Choice(string name, IReadOnlyList<string> words, string meaning) => new(name, words[0], meaning)
    {
        Objection = text => words.Contains(text) ? null : $"one of {string.Join(", ", words)} is wanted",
    };

    internal static bool TryNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    internal static bool TryDuration(string text, out TimeSpan value)
    {
        var isNegative = text.StartsWith('-');
        var isDuration = Durations.TryParse(isNegative ? text[1..] : text, out value);
        value = isNegative ? -value : value;
        return isDuration;
    }

    internal static bool TryMoment(string text, out DateTimeOffset value) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out value);
}
