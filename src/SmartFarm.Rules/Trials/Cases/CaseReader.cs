using SmartFarm.Configuration;
using SmartFarm.Configuration.Values;
using SmartFarm.Configuration.Yaml;
using SmartFarm.Domain.Farms;
using SmartFarm.Rules.Loading;

namespace SmartFarm.Rules.Trials.Cases;

/// <summary>What came of reading cases: those that can be run, and everything that is wrong with the others.</summary>
/// <param name="Cases">The cases, in the order of the files.</param>
/// <param name="Errors">All errors, in order of file, line and column.</param>
public sealed record CaseReadResult(IReadOnlyList<RuleCase> Cases, IReadOnlyList<ConfigurationError> Errors);

/// <summary>Reads <c>rules/*.cases.yaml</c> of a farm folder.</summary>
public static class CaseReader
{
    /// <summary>How files of cases end.</summary>
    public const string Ending = ".cases.yaml";

    private static readonly TimeSpan UsualStaleAfter = TimeSpan.FromHours(1);

    /// <summary>Reads all case files of a folder. Never throws for what is in them.</summary>
    /// <param name="folder">The farm folder.</param>
    /// <param name="farm">The farm of that folder.</param>
    public static CaseReadResult Load(string folder, Farm farm)
    {
        var errors = new ConfigurationErrors();
        var names = FarmFolder.Files(folder, RuleLoader.FolderName, errors).Where(name => name.EndsWith(Ending, StringComparison.Ordinal));
        return Read(names.Select(name => YamlFile.Read(folder, name, errors)), farm, errors);
    }

    /// <summary>Reads the text of one case file.</summary>
    /// <param name="text">The YAML text.</param>
    /// <param name="farm">The farm.</param>
    /// <param name="name">What the file is called in errors.</param>
    public static CaseReadResult Parse(string text, Farm farm, string name)
    {
        var errors = new ConfigurationErrors();
        return Read([YamlFile.Parse(text, name, errors)], farm, errors);
    }

    private static CaseReadResult Read(IEnumerable<YamlMap?> tops, Farm farm, ConfigurationErrors errors)
    {
        var cases = new List<RuleCase>();
        foreach (var top in tops.OfType<YamlMap>())
        {
            var names = new HashSet<string>(StringComparer.Ordinal);
            foreach (var map in top.Maps("cases"))
            {
                if (Case(map, farm, names) is { } read)
                {
                    cases.Add(read);
                }

                top.File.About = null;
            }

            top.ReportUnknownKeys();
        }

        return new CaseReadResult(cases, errors.ToList());
    }

    private static RuleCase? Case(YamlMap map, Farm farm, HashSet<string> taken)
    {
        var node = map.Require("name", "the vent opens after two minutes of heat");
        if (node?.AsText() is not { } name)
        {
            return null;
        }

        map.File.About = $"case '{name}'";
        if (!taken.Add(name))
        {
            node.Report("There is a case of this name already; choose another.");
        }

        if (Place(map, farm) is not { } place)
        {
            return null;
        }

        var names = new CaseNames(place.Site, place.Zone);
        var times = new CaseTimes(map, place.Site.TimeZone);
        var staleAfter = map.Get("stale_after")?.AsDuration() ?? UsualStaleAfter;
        var events = new CaseEventReader(names, times, (long)staleAfter.TotalMilliseconds);
        var expectations = new CaseExpectationReader(names, times);
        map.Require("events", "[{ at: 0 s, air_temperature: 25 °C }]");
        map.Get("note")?.AsText();
        var read = new RuleCase(
            name,
            map.File.Name,
            node.Line,
            place.Site.Id,
            place.Zone.Id,
            times.StartMs,
            map.Get("rules")?.AsScalar()?.Text,
            [.. map.Maps("events").SelectMany(events.Read)],
            map.Get("expect") is null ? null : [.. map.Maps("expect").Select(expectations.Expected).OfType<Expectation>()],
            [.. map.List("only").Select(o => o.AsScalar()?.Text).OfType<string>()],
            [.. map.Maps("check").SelectMany(expectations.Checks)],
            [.. map.List("traces").Select(t => t.AsScalar()?.Text).OfType<string>()]);
        if (read is { Expected: null, Checks: [], Traces: [] })
        {
            map.Report("The case expects nothing, so it cannot fail; add 'expect', 'check' or 'traces'.");
        }

        map.ReportUnknownKeys();
        return read;
    }

    /// <summary>The zone that is named, or else the first that has an actuator; null when there is none, which is reported.</summary>
    private static (Site Site, Zone Zone)? Place(YamlMap map, Farm farm)
    {
        var all = farm.Sites.SelectMany(site => site.Zones.Select(zone => (Site: site, Zone: zone))).ToArray();
        if (map.Get("zone")?.AsScalar() is { } named)
        {
            var found = all.Where(z => z.Zone.Id == named.Text || $"{z.Site.Id}/{z.Zone.Id}" == named.Text).ToArray();
            if (found.Length != 1)
            {
                named.Report(found.Length == 0
                    ? $"The zone '{named.Text}' is not known; {Suggestion.For(named.Text, [.. all.Select(z => z.Zone.Id)])}"
                    : $"Several sites have a zone '{named.Text}'; write '{found[0].Site.Id}/{named.Text}'.");
            }

            return found.Length == 1 ? found[0] : null;
        }

        var moving = all.Where(z => z.Zone.Controllers.Any(c => c.Actuators.Count > 0)).ToArray();
        if (moving.Length == 0)
        {
            map.Report("No zone of the farm has an actuator; add one to farm.yaml.");
        }

        return moving.Length == 0 ? null : moving[0];
    }
}
