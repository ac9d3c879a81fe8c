using SmartFarm.Configuration.Values;
using SmartFarm.Domain.Text;

namespace SmartFarm.Configuration.Yaml;

/// <summary>Reads nodes as values. What is not of the wanted kind is reported with an example, and null is given.</summary>
public static class YamlValues
{
    /// <summary>Text for people, at most 200 characters without control characters.</summary>
    public static string? AsText(this YamlNode node)
    {
        var scalar = node.AsScalar();
        if (scalar is not null && (scalar.Text.Length > 200 || scalar.Text.Any(char.IsControl)))
        {
            scalar.Report("The text is longer than 200 characters or has control characters; shorten it.");
            return null;
        }

        return scalar?.Text;
    }

    /// <summary>A name by the one rule for names.</summary>
    public static string? AsName(this YamlNode node)
    {
        var scalar = node.AsScalar();
        if (scalar is null || Names.IsValid(scalar.Text))
        {
            return scalar?.Text;
        }

        scalar.Report($"'{scalar.Text}' is not a valid name; use 1 to {Names.MaxLength} of a-z, 0-9, '_' and '-', and begin with a letter or digit.");
        return null;
    }

    /// <summary>A plain number between two bounds, inclusive.</summary>
    public static double? AsNumber(this YamlNode node, double min, double max)
    {
        var scalar = node.AsScalar();
        if (scalar is null)
        {
            return null;
        }

        if (!Amount.TryParse(scalar.Text, out var amount) || amount.Unit.Length > 0)
        {
            scalar.Report($"'{scalar.Text}' is not a number; write for example {min} or 43.3, with a point and without a unit.");
            return null;
        }

        return InRange(scalar, amount.Value, min, max);
    }

    /// <summary>A number with one of the given units.</summary>
    /// <param name="node">The node.</param>
    /// <param name="min">Smallest value, inclusive, in the unit with factor 1.</param>
    /// <param name="max">Largest value, inclusive, in the unit with factor 1.</param>
    /// <param name="units">Accepted units with their factor; the first is the one to advise.</param>
    public static double? AsAmount(this YamlNode node, double min, double max, params ReadOnlySpan<(string Unit, double Factor)> units)
    {
        var scalar = node.AsScalar();
        if (scalar is null)
        {
            return null;
        }

        if (Amount.TryParse(scalar.Text, out var amount))
        {
            foreach (var (unit, factor) in units)
            {
                if (unit == amount.Unit)
                {
                    return InRange(scalar, amount.Value * factor, min, max);
                }
            }
        }

        scalar.Report($"'{scalar.Text}' is not a number with the unit {units[0].Unit}; write for example '{Math.Max(min, 100)} {units[0].Unit}'.");
        return null;
    }

    /// <summary>A duration from <paramref name="min"/> (zero when left out) to <see cref="Durations.Max"/>.</summary>
    public static TimeSpan? AsDuration(this YamlNode node, TimeSpan min = default)
    {
        var scalar = node.AsScalar();
        if (scalar is null)
        {
            return null;
        }

        if (!Durations.TryParse(scalar.Text, out var duration))
        {
            scalar.Report($"'{scalar.Text}' is not a duration; write for example '10 s', '3 min', '1 h 30 min' or 'PT10M', at most {Durations.Max.TotalDays} d.");
            return null;
        }

        if (duration < min)
        {
            scalar.Report($"The duration must be at least {Durations.Format(min)}.");
            return null;
        }

        return duration;
    }

    /// <summary>One of a few words.</summary>
    public static T? AsOneOf<T>(this YamlNode node, params (string Word, T Value)[] choices)
        where T : struct
    {
        var scalar = node.AsScalar();
        foreach (var (word, value) in choices)
        {
            if (word == scalar?.Text)
            {
                return value;
            }
        }

        scalar?.Report($"'{scalar.Text}' is not possible here; {Suggestion.For(scalar.Text, [.. choices.Select(c => c.Word)])}");
        return null;
    }

    private static double? InRange(YamlScalar scalar, double value, double min, double max)
    {
        if (value >= min && value <= max)
        {
            return value;
        }

        scalar.Report($"{scalar.Text} is outside {min}..{max}; check the value.");
        return null;
    }
}
