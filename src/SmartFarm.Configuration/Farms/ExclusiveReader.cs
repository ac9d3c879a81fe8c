using System.Collections.ObjectModel;
using SmartFarm.Configuration.Values;
using SmartFarm.Configuration.Yaml;
using SmartFarm.Domain.Farms;

namespace SmartFarm.Configuration.Farms;

/// <summary>Reads groups of actuators that never work at the same time: <c>exclusive: [[drip_1, drip_2]]</c>.</summary>
internal static class ExclusiveReader
{
    public static IReadOnlyList<IReadOnlyList<string>> Read(YamlMap map, Zone zone)
    {
        var known = zone.Controllers.SelectMany(c => c.Actuators).Select(a => a.Id).ToArray();
        return map.List("exclusive").Select(group => Group(group, known)).Where(g => g.Count > 1).ToArray().AsReadOnly();
    }

    private static ReadOnlyCollection<string> Group(YamlNode node, string[] known)
    {
        var names = new List<string>();
        foreach (var scalar in node.AsList().Select(n => n.AsScalar()).OfType<YamlScalar>())
        {
            if (known.Contains(scalar.Text))
            {
                names.Add(scalar.Text);
            }
            else
            {
                scalar.Report($"The zone has no actuator '{scalar.Text}'; {Suggestion.For(scalar.Text, known)}");
            }
        }

        return names.AsReadOnly();
    }
}
