using System.Globalization;
using SmartFarm.Configuration.Values;
using SmartFarm.Configuration.Yaml;
using SmartFarm.Domain.Farms;

namespace SmartFarm.Configuration.Farms;

/// <summary>Reads when a crop was planted and which stages it goes through.</summary>
internal static class CropReader
{
    public static DateOnly? Planted(YamlNode? node)
    {
        if (node?.AsScalar() is not { } scalar)
        {
            return null;
        }

        if (DateOnly.TryParseExact(scalar.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        scalar.Report($"'{scalar.Text}' is not a day; write for example 2026-03-01.");
        return null;
    }

    /// <summary><c>{ vegetative: 0 d, fruiting: 60 d }</c>, in rising order.</summary>
    public static IReadOnlyList<CropStage> Stages(YamlNode? node)
    {
        var stages = new List<CropStage>();
        foreach (var (key, value) in node?.AsMap()?.Entries ?? [])
        {
            if (key.AsName() is not { } name || value.AsScalar() is not { } scalar)
            {
                continue;
            }

            if (!Durations.TryParse(scalar.Text, out var age))
            {
                scalar.Report($"'{scalar.Text}' is not an age; write for example '60 d'.");
            }
            else if (stages.Count > 0 && age.TotalDays <= stages[^1].FromDay)
            {
                scalar.Report($"{name} begins before {stages[^1].Name}; write the stages in the order of the crop's life.");
            }
            else
            {
                stages.Add(new CropStage(name, age.TotalDays));
            }
        }

        return stages.AsReadOnly();
    }
}
